import { darker, lighter, mix } from './colour.ts';

export type Eyes = 'dot' | 'smiling' | 'lashes' | 'narrow';
export type Mouth = 'soft' | 'smile' | 'open' | 'aside';
export type Beard = 'full' | 'short' | 'goatee' | 'moustache' | 'long';
export type Glasses = 'round' | 'square' | 'half';
export type Jaw = 'oval' | 'round' | 'square' | 'long';

const stroke = (d: string, colour: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

const heads: Record<Jaw, string> = {
  oval: 'M84 102 C84 66 104 54 128 54 S172 66 172 102 L171 114 C169 144 148 164 128 164 S87 144 85 114 Z',
  round: 'M82 104 C82 68 103 55 128 55 S174 68 174 104 L173 118 C171 146 150 161 128 161 S85 146 83 118 Z',
  square:
    'M84 102 C84 66 104 54 128 54 S172 66 172 102 L171 126 C169 150 150 164 138 164 L118 164 C106 164 87 150 85 126 Z',
  long: 'M86 102 C86 66 105 53 128 53 S170 66 170 102 L169 118 C167 146 146 170 128 170 S89 146 87 118 Z',
};

/** Neck, ears and head with one quiet shade from the right. */
export function head(skin: string, jaw: Jaw): string {
  const shade = darker(skin, 0.13);
  return (
    `<clipPath id="head"><path d="${heads[jaw]}"/></clipPath>` +
    `<path d="M107 138 L107 188 C112 206 144 206 149 188 L149 138 Z" fill="${skin}"/>` +
    `<path d="M107 152 C114 172 142 174 149 158 L149 174 C140 186 118 184 107 168 Z" fill="${darker(skin, 0.2)}"/>` +
    `<ellipse cx="83" cy="114" rx="8.5" ry="12" fill="${skin}"/><ellipse cx="173" cy="114" rx="8.5" ry="12" fill="${shade}"/>` +
    `<path d="${heads[jaw]}" fill="${skin}"/>` +
    `<path clip-path="url(#head)" d="M158 50 C150 90 158 130 132 172 L190 172 L190 50 Z" fill="${shade}" opacity=".55"/>`
  );
}

export function features(options: {
  skin: string;
  brows: string;
  eyes: Eyes;
  mouth: Mouth;
  blush: boolean;
  lips?: string;
  aged?: boolean;
}): string {
  const { skin, brows, eyes, mouth, blush, lips, aged } = options;
  const ink = mix(skin, '#1d1210', 0.9);
  const soft = darker(skin, 0.34);
  const cheeks = blush
    ? [102, 154]
        .map((x) => `<ellipse cx="${x}" cy="130" rx="9" ry="6" fill="${mix(skin, '#d8483a', 0.3)}" opacity=".55"/>`)
        .join('')
    : '';
  const age = aged
    ? stroke(
        'M98 128 C99 136 102 141 106 144 M158 128 C157 136 154 141 150 144 M112 78 C122 75 134 75 144 78',
        soft,
        1.8,
      )
    : '';
  return (
    cheeks +
    age +
    stroke('M101 97 C106 92 114 92 119 95', brows, 4.2) +
    stroke('M137 95 C142 92 150 92 155 97', brows, 4.2) +
    [110, 146].map((x) => eye(x, eyes, ink)).join('') +
    stroke('M129 112 C127 119 122 125 125 128 C127 129 130 129 132 128', soft, 2.8) +
    lipsOf(mouth, lips ?? darker(mix(skin, '#b03a2e', 0.4), 0.16))
  );
}

function eye(x: number, kind: Eyes, ink: string): string {
  if (kind === 'smiling') return stroke(`M${x - 7} 113 Q${x} 104 ${x + 7} 113`, ink, 3.6);
  if (kind === 'narrow')
    return `<ellipse cx="${x}" cy="111" rx="5.4" ry="3.9" fill="${ink}"/>${stroke(`M${x - 8} 109 Q${x} 104.5 ${x + 8} 108.5`, ink, 2.4)}`;
  const glint = `<circle cx="${x + 1.6}" cy="109" r="1.5" fill="#fff" opacity=".9"/>`;
  const pupil = `<ellipse cx="${x}" cy="111" rx="4.8" ry="5.6" fill="${ink}"/>${glint}`;
  if (kind === 'dot') return pupil;
  const out = x < 128 ? -1 : 1;
  return pupil + stroke(`M${x - out * 7} 107 Q${x} 101.5 ${x + out * 8} 107 l${out * 3} -2.5`, ink, 2.6);
}

function lipsOf(kind: Mouth, colour: string): string {
  if (kind === 'open') {
    return `<path d="M111 138 C120 142 136 142 145 138 C144 150 136 155 128 155 S112 150 111 138 Z" fill="${darker(colour, 0.35)}"/><path d="M114 139.4 C122 142 134 142 142 139.4 L140.6 144.4 C134 146.4 122 146.4 115.4 144.4 Z" fill="#fffaf2"/>`;
  }
  if (kind === 'smile') return stroke('M112 139 C118 149 138 149 144 139', colour, 4);
  if (kind === 'aside') return stroke('M115 143 C124 147 136 146 143 138', colour, 4);
  return `<path d="M115 142 C121 138 125 138 128 140 C131 138 135 138 141 142 C136 149 120 149 115 142 Z" fill="${colour}"/>`;
}

export function beard(kind: Beard, colour: string): string {
  const full =
    'M83 108 C84 150 102 174 128 174 S172 150 173 108 C168 126 160 132 150 131 C140 127 116 127 106 131 C96 132 88 126 83 108 Z M114 142 C120 138 136 138 142 142 C138 150 118 150 114 142 Z';
  const moustache =
    'M106 138 C110 128 122 126 128 131 C134 126 146 128 150 138 C142 140 134 138 128 136 C122 138 114 140 106 138 Z';
  if (kind === 'full') return `<path fill-rule="evenodd" d="${full}" fill="${colour}"/>`;
  if (kind === 'long')
    return `<path fill-rule="evenodd" d="${full.replace('102 174 128 174 S172 150', '100 204 128 204 S174 150')}" fill="${colour}"/>`;
  if (kind === 'short') return `<path fill-rule="evenodd" d="${full}" fill="${colour}" opacity=".42"/>`;
  if (kind === 'goatee')
    return `<path d="M114 152 C118 156 138 156 142 152 C142 166 136 171 128 171 S114 166 114 152 Z" fill="${colour}"/><path d="${moustache}" fill="${colour}"/>`;
  return `<path d="${moustache}" fill="${colour}"/>`;
}

export function glasses(kind: Glasses, colour: string): string {
  const lens = 'fill="#fff" fill-opacity=".16"';
  const frame = `stroke="${colour}" stroke-width="3.4"`;
  const bridge =
    stroke('M124 110 Q128 106 132 110', colour, 3.2) + stroke('M93 107 L84 104 M163 107 L172 104', colour, 3.2);
  if (kind === 'round')
    return `<circle cx="109" cy="111" r="15" ${lens} ${frame}/><circle cx="147" cy="111" r="15" ${lens} ${frame}/>${bridge}`;
  if (kind === 'half')
    return (
      stroke('M93 116 C94 128 122 128 123 116 Z M133 116 C134 128 162 128 163 116 Z', colour, 3) +
      stroke('M123 117 Q128 113 133 117', colour, 3)
    );
  return `<rect x="93" y="99" width="31" height="24" rx="7" ${lens} ${frame}/><rect x="132" y="99" width="31" height="24" rx="7" ${lens} ${frame}/>${bridge}`;
}

export function earrings(colour: string, kind: 'drop' | 'hoop' | 'stud'): string {
  if (kind === 'hoop')
    return `<circle cx="81" cy="134" r="8" fill="none" stroke="${colour}" stroke-width="3"/><circle cx="175" cy="134" r="8" fill="none" stroke="${colour}" stroke-width="3"/>`;
  if (kind === 'stud')
    return `<circle cx="81" cy="125" r="3.4" fill="${colour}"/><circle cx="175" cy="125" r="3.4" fill="${colour}"/>`;
  return [81, 175]
    .map(
      (x) =>
        `<circle cx="${x}" cy="127" r="2.6" fill="${colour}"/><ellipse cx="${x}" cy="137" rx="4" ry="7" fill="${lighter(colour, 0.1)}"/>`,
    )
    .join('');
}
