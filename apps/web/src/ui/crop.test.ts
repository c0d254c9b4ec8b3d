import { describe, expect, test } from 'vitest';
import { cropBox, dragged, fitted, mostZoom, zoomed } from './crop.ts';

const wide = { width: 1200, height: 600 };
const middle = { x: 0.5, y: 0.5, zoom: 1 };

describe('cropping a picture', () => {
  test('begins with the largest square in the middle', () =>
    expect(cropBox(fitted(middle, wide), wide)).toEqual({ left: 300, top: 0, side: 600 }));

  test('follows the finger, up to the edge', () => {
    expect(cropBox(dragged(middle, wide, { x: 100, y: 0, view: 300 }), wide).left).toBeCloseTo(100);
    expect(cropBox(dragged(middle, wide, { x: 900, y: 900, view: 300 }), wide)).toEqual({ left: 0, top: 0, side: 600 });
    expect(cropBox(dragged(middle, wide, { x: -900, y: 0, view: 300 }), wide).left).toBe(600);
  });

  test('keeps the point under the finger where it is', () => {
    const before = { ...middle, zoom: 2 };
    const after = zoomed(before, wide, { zoom: 4, x: 0.25, y: -0.25 });
    const at = (crop: typeof before) => {
      const { left, top, side } = cropBox(crop, wide);
      return [left + 0.75 * side, top + 0.25 * side];
    };
    expect(at(after)[0]).toBeCloseTo(at(before)[0] ?? Number.NaN);
    expect(at(after)[1]).toBeCloseTo(at(before)[1] ?? Number.NaN);
  });

  test('never leaves the picture and never enlarges what is small', () => {
    expect(cropBox(zoomed({ x: 0.1, y: 0.9, zoom: 4 }, wide, { zoom: 0.1 }), wide)).toEqual({
      left: 0,
      top: 0,
      side: 600,
    });
    expect(mostZoom(wide)).toBe(6.25);
    expect(mostZoom({ width: 50, height: 80 })).toBe(1);
    expect(mostZoom({ width: 9000, height: 9000 })).toBe(8);
    expect(cropBox(fitted({ x: 1, y: 1, zoom: 99 }, { width: 50, height: 80 }), { width: 50, height: 80 })).toEqual({
      left: 0,
      top: 30,
      side: 50,
    });
  });
});
