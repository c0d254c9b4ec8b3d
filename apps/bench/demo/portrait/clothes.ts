import { darker, lighter } from './colour.ts';

export type Garment = keyof typeof clothes;

const BODY = 'M22 260 C24 216 58 202 104 190 C112 200 144 200 152 190 C198 202 232 216 234 260 Z';
const body = (c: string) => `<path d="${BODY}" fill="${c}"/>`;
const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width = 3) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** What a person wears: a main colour and a second one. */
export const clothes = {
  crew: (c: string, a: string) => body(c) + line('M103 191 C112 207 144 207 153 191', a, 6),
  stripes: (c: string, a: string) =>
    body(c) +
    line('M66 206 C104 220 152 220 190 206', a, 7) +
    line('M38 222 C96 238 160 238 218 222', a, 7) +
    line('M103 191 C112 207 144 207 153 191', c, 6),
  shirt: (c: string, a: string) =>
    body(c) +
    path('M103 188 L128 216 L106 230 L88 196 Z M153 188 L128 216 L150 230 L168 196 Z', lighter(c, 0.35)) +
    line('M128 216 L128 256', darker(c, 0.15)) +
    `<circle cx="134" cy="236" r="2.6" fill="${a}"/>`,
  blazer: (c: string, a: string) =>
    body(c) +
    path('M103 188 L128 246 L153 188 C144 200 112 200 103 188 Z', a) +
    path(
      'M101 189 L90 196 L84 224 L98 226 L128 256 L128 246 Z M155 189 L166 196 L172 224 L158 226 L128 256 L128 246 Z',
      darker(c, 0.16),
    ),
  turtleneck: (c: string, a: string) =>
    body(c) +
    `<rect x="103" y="166" width="50" height="36" rx="13" fill="${lighter(c, 0.1)}"/>` +
    line('M108 184 C120 190 136 190 148 184', darker(c, 0.14), 2.5) +
    line('M70 226 L66 256', a === c ? darker(c) : a, 2.5),
  hoodie: (c: string, a: string) =>
    body(c) +
    path(
      'M96 186 C76 196 76 214 96 226 C108 214 148 214 160 226 C180 214 180 196 160 186 C150 208 106 208 96 186 Z',
      darker(c, 0.16),
    ) +
    line('M112 220 L110 246', a, 3.5) +
    line('M144 220 L146 246', a, 3.5),
  apron: (c: string, a: string) =>
    body(c) +
    line('M103 191 C112 207 144 207 153 191', darker(c, 0.12), 5) +
    path('M90 222 L166 222 L174 260 L82 260 Z', a) +
    line('M92 224 L84 198 M164 224 L172 198', a, 7),
  scarf: (c: string, a: string) =>
    body(c) +
    path(
      'M94 180 C104 196 152 196 162 180 C174 186 176 202 166 210 C140 222 112 222 90 210 C80 202 82 186 94 180 Z',
      a,
    ) +
    path('M142 206 L166 204 L172 254 L146 256 Z', darker(a, 0.1)) +
    line('M100 198 C116 206 140 206 158 198', darker(a, 0.2), 2.5),
  necklace: (c: string, a: string) =>
    path('M22 260 C24 218 54 206 86 197 C98 226 158 226 170 197 C202 206 232 218 234 260 Z', c) +
    Array.from({ length: 9 }, (_, n) => {
      const t = (n - 4) / 4;
      return `<circle cx="${128 + t * 30}" cy="${208 - t * t * 16}" r="4.4" fill="${a}"/>`;
    }).join(''),
  vneck: (c: string, a: string) =>
    path('M22 260 C24 216 58 202 104 190 L128 228 L152 190 C198 202 232 216 234 260 Z', c) +
    line('M104 190 L128 228 L152 190', a, 5),
  scrubs: (c: string, a: string) =>
    path('M22 260 C24 216 58 202 104 190 L128 220 L152 190 C198 202 232 216 234 260 Z', c) +
    line('M104 190 L128 220 L152 190', lighter(c, 0.4), 4) +
    line('M96 194 C88 224 98 246 112 250 M160 194 C166 210 164 226 158 236', a, 4) +
    `<circle cx="157" cy="240" r="6" fill="${a}"/>`,
  wrap: (c: string, a: string) =>
    body(c) +
    path('M153 188 C120 214 70 226 30 246 L26 260 L120 260 C140 236 156 214 153 188 Z', darker(c, 0.1)) +
    line('M153 190 C122 216 70 228 32 246', a, 5),
} satisfies Record<string, (colour: string, accent: string) => string>;
