import { clothes, type Garment } from './clothes.ts';
import { darker, lighter, mix } from './colour.ts';
import {
  type Beard,
  beard,
  type Eyes,
  earrings,
  features,
  type Glasses,
  glasses,
  head,
  type Jaw,
  type Mouth,
} from './face.ts';
import { type HairStyle, hairStyles } from './hair.ts';

export type Backdrop = 'sun' | 'arch' | 'hill' | 'window' | 'leaves' | 'plain';

/** How somebody looks. */
export type Look = {
  ground: string;
  backdrop: Backdrop;
  skin: string;
  jaw: Jaw;
  hair: HairStyle;
  hairColour: string;
  /** Where the hair is covered: what the brows and beard have. */
  browColour?: string;
  eyes: Eyes;
  mouth: Mouth;
  blush?: boolean;
  lips?: string;
  aged?: boolean;
  beard?: Beard;
  glasses?: [Glasses, string];
  earrings?: ['drop' | 'hoop' | 'stud', string];
  wears: [Garment, string, string];
  /** Degrees; heads that lean a little look alive. */
  lean?: number;
};

/** One portrait as SVG, 256×256, to be cropped to a soft square. */
export function drawPortrait(look: Look): string {
  const hair = hairStyles[look.hair](look.hairColour);
  const brows = look.browColour ?? darker(look.hairColour, 0.1);
  const [garment, colour, accent] = look.wears;
  const covered = look.hair === 'hijab';
  const face =
    head(look.skin, look.jaw) +
    (look.beard ? beard(look.beard, look.browColour ?? look.hairColour) : '') +
    features({ ...look, brows, blush: look.blush ?? false }) +
    (look.earrings && !covered ? earrings(look.earrings[1], look.earrings[0]) : '');
  const lean = `transform="rotate(${look.lean ?? 0} 128 190)"`;
  const shirt = clothes[garment](colour, accent);
  const neck = `<path d="M107 150 L107 190 C96 200 84 205 70 212 L186 212 C172 205 160 200 149 190 L149 150 Z" fill="${look.skin}"/>`;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">',
    backdrop(look.backdrop, look.ground),
    '<g transform="translate(128 134) scale(1.13) translate(-128 -122)">',
    `<g ${lean}>${hair.back ?? ''}</g>`,
    neck,
    // A veil falls over the clothes, everything else is worn under the face.
    covered ? shirt : '',
    `<g ${lean}>${face}</g>`,
    covered ? '' : shirt,
    `<g ${lean}>${hair.front ?? ''}${look.glasses ? glasses(look.glasses[0], look.glasses[1]) : ''}</g>`,
    '</g></svg>',
  ].join('');
}

function backdrop(kind: Backdrop, ground: string): string {
  const quiet = lighter(ground, 0.42);
  const deep = mix(ground, '#7a5a46', 0.13);
  const fill = `<rect width="256" height="256" fill="${ground}"/>`;
  switch (kind) {
    case 'sun':
      return `${fill}<circle cx="128" cy="118" r="96" fill="${quiet}"/>`;
    case 'arch':
      return `${fill}<path d="M36 256 V128 a92 92 0 0 1 184 0 V256 Z" fill="${quiet}"/>`;
    case 'hill':
      return `${fill}<circle cx="206" cy="62" r="26" fill="${quiet}"/><path d="M0 176 C50 132 96 140 140 166 S222 168 256 138 V256 H0 Z" fill="${deep}"/>`;
    case 'window':
      return `${fill}<rect x="150" y="20" width="84" height="120" rx="12" fill="${quiet}"/><path d="M192 20 V140 M150 78 H234" stroke="${ground}" stroke-width="6"/>`;
    case 'leaves': {
      const leaf = (x: number, y: number, turn: number) =>
        `<path transform="translate(${x} ${y}) rotate(${turn})" d="M0 0 C-20 -26 -16 -60 0 -84 C16 -60 20 -26 0 0 Z" fill="${deep}"/>`;
      return `${fill}${leaf(26, 214, -22)}${leaf(44, 232, 16)}${leaf(14, 240, -58)}${leaf(232, 210, 20)}${leaf(216, 232, -14)}${leaf(244, 240, 56)}`;
    }
    case 'plain':
      return `${fill}<path d="M0 0 H256 V40 C180 120 80 150 0 150 Z" fill="${quiet}" opacity=".6"/>`;
  }
}
