import { darker, lighter } from './colour.ts';

/** What is drawn behind the head, and over it. */
export type Layers = { back?: string; front?: string };
export type HairStyle = keyof typeof hairStyles;

const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width = 2.5) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`;
const dot = (x: number, y: number, r: number, fill: string) =>
  `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${fill}"/>`;

/** Circles along an arc around the head, angles in degrees clockwise from the right. */
function curls(options: {
  colour: string;
  from: number;
  to: number;
  count: number;
  radius: number;
  size: number;
}): string {
  const { colour, from, to, count, radius, size } = options;
  return Array.from({ length: count }, (_, n) => {
    const angle = ((from + ((to - from) * n) / (count - 1)) * Math.PI) / 180;
    return dot(128 + radius * Math.cos(angle), 102 + radius * 1.02 * Math.sin(angle), size, colour);
  }).join('');
}

const CENTRE_PART = 'M128 45 C98 44 78 66 79 122 C84 102 104 92 128 56 C152 92 172 102 177 122 C178 66 158 44 128 45 Z';
const SLEEK = 'M80 108 C76 66 101 45 128 45 S180 66 176 108 C171 85 152 71 128 71 S85 85 80 108 Z';

export const hairStyles = {
  sidePart: (c: string): Layers => ({
    front:
      path(
        'M80 110 C73 66 97 40 131 40 C165 40 183 66 176 110 L170 110 C170 95 166 87 160 81 C140 86 116 83 103 72 C96 80 88 90 87 110 Z',
        c,
      ) + line('M104 70 C112 58 124 51 138 49', lighter(c)),
  }),
  quiff: (c: string): Layers => ({
    front:
      path(
        'M80 108 C76 82 79 66 90 57 C98 36 140 28 164 42 C182 52 181 82 176 108 L170 106 C170 93 166 85 160 78 C142 72 116 74 98 80 C91 87 88 95 87 108 Z',
        c,
      ) + line('M104 62 C116 50 136 46 152 52', lighter(c)),
  }),
  buzz: (c: string): Layers => ({
    front: path(
      'M83 104 C80 66 103 50 128 50 S176 66 173 104 C171 88 164 78 150 74 C136 71 120 71 106 74 C92 78 85 88 83 104 Z',
      c,
    ),
  }),
  receding: (c: string): Layers => ({
    front: path(
      'M81 120 C76 100 76 84 84 78 C90 74 94 78 92 86 C90 96 90 104 89 114 C87 119 84 121 81 120 Z M175 120 C180 100 180 84 172 78 C166 74 162 78 164 86 C166 96 166 104 167 114 C169 119 172 121 175 120 Z',
      c,
    ),
  }),
  curlyTop: (c: string): Layers => ({
    front:
      path('M84 100 C82 66 104 52 128 52 S174 66 172 100 C168 84 152 78 128 78 S88 84 84 100 Z', c) +
      curls({ colour: c, from: 198, to: 342, count: 9, radius: 46, size: 13 }) +
      curls({ colour: lighter(c, 0.12), from: 225, to: 310, count: 4, radius: 47, size: 5 }),
  }),
  afro: (c: string): Layers => ({
    back: curls({ colour: c, from: 150, to: 390, count: 16, radius: 62, size: 22 }) + dot(128, 96, 64, c),
    front:
      path('M84 104 C80 68 104 50 128 50 S176 68 172 104 C168 86 152 74 128 74 S88 86 84 104 Z', c) +
      curls({ colour: lighter(c, 0.1), from: 200, to: 320, count: 6, radius: 66, size: 6 }),
  }),
  bob: (c: string): Layers => ({
    back: path(
      'M64 150 C56 70 84 34 128 34 S200 70 192 150 C192 168 180 174 166 174 L90 174 C76 174 64 168 64 150 Z',
      darker(c, 0.15),
    ),
    front:
      path(
        'M76 132 C72 72 98 43 128 43 C162 43 184 72 180 132 C176 98 162 80 140 68 C124 88 100 95 87 98 C82 108 78 120 76 132 Z',
        c,
      ) + line('M138 66 C124 80 108 88 94 92', lighter(c)),
  }),
  fringe: (c: string): Layers => ({
    back: path('M68 184 C58 84 82 34 128 34 S198 84 188 184 C176 190 80 190 68 184 Z', darker(c, 0.15)),
    front:
      path(
        'M78 126 C72 66 100 42 128 42 S184 66 178 126 C176 112 174 102 171 96 C150 100 106 100 85 96 C82 102 80 112 78 126 Z',
        c,
      ) + line('M104 58 C112 52 122 50 132 50', lighter(c)),
  }),
  long: (c: string): Layers => ({
    back: path(
      'M60 226 C54 170 58 110 66 86 C76 46 104 34 128 34 S180 46 190 86 C198 110 202 170 196 226 C176 236 80 236 60 226 Z',
      darker(c, 0.15),
    ),
    front: path(CENTRE_PART, c) + line('M96 72 C102 62 110 56 118 53', lighter(c)),
  }),
  wavy: (c: string): Layers => ({
    back: path(
      'M66 86 C76 44 102 33 128 33 S180 44 190 86 C192 104 204 112 200 132 C198 146 210 158 202 178 C200 194 206 208 192 220 L64 220 C50 208 56 194 54 178 C46 158 58 146 56 132 C52 112 64 104 66 86 Z',
      darker(c, 0.15),
    ),
    front:
      path(
        'M78 122 C70 70 98 41 134 42 C168 42 186 74 178 122 C174 98 160 84 146 66 C134 84 104 84 90 100 C84 106 80 112 78 122 Z',
        c,
      ) + line('M142 64 C128 74 112 76 100 86', lighter(c)),
  }),
  bun: (c: string): Layers => ({
    back: dot(128, 32, 25, darker(c, 0.12)) + line('M114 28 C120 20 134 18 142 26', c, 3),
    front: path(SLEEK, c) + line('M106 62 C114 54 126 52 136 53', lighter(c)),
  }),
  lowBun: (c: string): Layers => ({
    back:
      path('M84 112 C80 70 104 46 128 46 S186 76 174 140 Z', darker(c, 0.12)) +
      dot(173, 152, 21, darker(c, 0.12)) +
      line('M166 143 C174 138 184 144 187 153', lighter(c, 0.15), 3),
    front:
      path('M80 112 C74 66 100 43 128 43 S182 66 176 112 C172 92 156 78 112 62 C98 74 86 92 80 112 Z', c) +
      line('M114 60 C132 66 150 74 162 86', lighter(c)),
  }),
  ponytail: (c: string): Layers => ({
    back:
      path(
        'M150 46 C160 34 176 36 188 48 C206 64 214 88 212 112 C210 148 204 182 188 212 C180 216 174 208 176 196 C184 160 186 110 166 84 Z',
        darker(c, 0.12),
      ) + line('M184 56 C200 74 202 110 196 146', lighter(c, 0.15)),
    front: path(SLEEK, c) + line('M104 64 C114 54 130 51 144 56', lighter(c)),
  }),
  braids: (c: string): Layers => ({
    back: path('M70 160 C60 72 86 34 128 34 S196 72 186 160 Z', darker(c, 0.15)),
    front:
      path(CENTRE_PART, c) +
      [74, 182]
        .map((x, side) =>
          Array.from({ length: 6 }, (_, n) => {
            const at = x + (side === 0 ? -1 : 1) * Math.min(n, 3);
            return `<ellipse cx="${at}" cy="${132 + n * 15}" rx="${11 - n * 0.5}" ry="10" fill="${n % 2 ? darker(c, 0.1) : c}"/>`;
          }).join(''),
        )
        .join(''),
  }),
  locs: (c: string): Layers => ({
    back:
      dot(128, 92, 58, darker(c, 0.2)) +
      Array.from({ length: 9 }, (_, n) => {
        const x = 65 + n * 14;
        const top = 60 + Math.abs(n - 4) * 9;
        const bottom = 176 + 12 * ((n * 7) % 3);
        return `<rect x="${x}" y="${top}" width="14.5" height="${bottom - top}" rx="7" fill="${n % 2 ? c : darker(c, 0.2)}"/>`;
      }).join(''),
    front:
      path('M80 116 C74 68 100 43 128 43 S182 68 176 116 C172 92 158 78 140 70 C122 74 92 84 80 116 Z', c) +
      line('M134 68 C118 72 102 80 92 92', lighter(c)) +
      line('M128 54 C114 58 100 66 90 78', lighter(c)) +
      line('M142 56 C156 62 164 72 170 84', lighter(c)),
  }),
  pixie: (c: string): Layers => ({
    front:
      path(
        'M80 110 C70 62 98 36 132 38 C170 38 186 70 176 108 C174 98 170 90 164 86 C158 88 152 86 148 80 C136 92 110 96 92 94 C86 98 82 104 80 110 Z',
        c,
      ) +
      line('M146 78 C132 84 116 86 102 84', lighter(c)) +
      line('M140 58 C126 62 112 68 100 70', lighter(c)),
  }),
  tousled: (c: string): Layers => ({
    front:
      path(
        'M79 112 C68 84 76 64 88 58 C92 40 114 34 126 40 C142 28 168 38 172 56 C186 66 184 92 177 112 C175 102 172 94 168 90 C162 92 156 88 154 82 C148 88 138 90 132 82 C124 92 112 92 106 84 C100 94 92 96 88 96 C84 100 81 106 79 112 Z',
        c,
      ) +
      line('M102 62 C110 54 118 52 126 54', lighter(c)) +
      line('M140 52 C150 52 158 58 162 66', lighter(c)),
  }),
  shoulder: (c: string): Layers => ({
    back: path(
      'M70 150 C60 74 86 36 128 36 S196 74 186 150 C190 168 184 178 176 180 L80 180 C72 178 66 168 70 150 Z',
      darker(c, 0.15),
    ),
    front:
      path('M77 130 C70 68 98 42 126 42 C162 40 186 70 179 130 C176 100 160 86 118 60 C104 78 84 96 77 130 Z', c) +
      line('M120 58 C138 68 154 78 166 92', lighter(c)),
  }),
  topKnot: (c: string): Layers => ({
    back: dot(128, 36, 15, darker(c, 0.12)),
    front: path('M82 106 C78 68 102 48 128 48 S178 68 174 106 C170 88 152 76 128 76 S86 88 82 106 Z', c),
  }),
  hijab: (c: string): Layers => ({
    back: path(
      'M44 256 C44 206 60 130 64 96 C72 48 100 33 128 33 S184 48 192 96 C196 130 212 206 212 256 Z',
      darker(c, 0.14),
    ),
    front:
      `<path fill-rule="evenodd" fill="${c}" d="M66 150 C58 84 76 36 128 36 S198 84 190 150 C190 186 168 204 150 214 C118 214 72 196 66 150 Z M128 62 C102 62 88 84 88 112 C88 144 108 164 128 164 S168 144 168 112 C168 84 154 62 128 62 Z"/>` +
      path(
        'M70 158 C84 196 116 208 150 206 C176 202 190 178 190 150 C206 190 210 226 206 256 L56 256 C52 220 60 190 70 158 Z',
        c,
      ) +
      line('M86 176 C106 200 150 212 184 186', darker(c, 0.2)) +
      line('M98 48 C84 60 76 78 75 100', lighter(c)),
  }),
  headwrap: (c: string): Layers => ({
    back: dot(156, 34, 20, darker(c, 0.16)) + dot(116, 30, 18, darker(c, 0.1)),
    front:
      path('M76 98 C68 52 96 26 130 26 C168 26 188 54 180 98 C164 76 92 74 76 98 Z', c) +
      line('M82 78 C104 56 152 54 176 76', lighter(c, 0.4), 4) +
      line('M92 56 C112 40 146 40 166 54', darker(c, 0.25), 4),
  }),
  turban: (c: string): Layers => ({
    front:
      path('M72 104 C60 56 92 22 128 22 S196 56 184 104 C176 86 156 72 128 58 C100 72 80 86 72 104 Z', c) +
      line('M128 58 C104 48 84 56 72 82', darker(c), 3) +
      line('M128 58 C152 48 172 56 184 82', darker(c), 3) +
      line('M122 42 C104 36 90 42 80 56', darker(c), 3) +
      line('M134 42 C152 36 166 42 176 56', darker(c), 3),
  }),
  beret: (c: string): Layers => ({
    back: path('M78 132 C70 90 84 60 128 60 S186 90 178 132 Z', '#5a4032'),
    front:
      path('M74 74 C66 42 108 24 146 28 C186 32 200 60 184 78 C154 68 110 68 82 86 C78 84 75 80 74 74 Z', c) +
      line('M84 84 C112 68 152 68 182 78', darker(c, 0.25), 5) +
      dot(132, 27, 5, darker(c, 0.2)),
  }),
} satisfies Record<string, (colour: string) => Layers>;
