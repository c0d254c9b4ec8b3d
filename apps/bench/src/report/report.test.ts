import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';
import { aimed, createReport, figure, toTable } from './report.ts';

test('percentiles by the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.95)).toBe(95);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('a row says whether its target is met', () => {
  expect(aimed('delay p95', 203.4, 'ms', { atMost: 200 })).toMatchObject({ value: 203, target: '≤ 200', met: false });
  expect(aimed('stoi', 0.9871, '', { atLeast: 0.95 })).toMatchObject({ value: 0.987, target: '≥ 0.95', met: true });
  expect(figure('calls', 12.345, '1/s')).toMatchObject({ value: 12.3, target: null, met: null });
});

test('what could not be measured is a number all the same, and not met', () => {
  expect(aimed('delay p95', Number.NaN, 'ms', { atMost: 200 })).toMatchObject({ value: -1, met: false });
});

test('a table has one line for each figure, the missed ones plain to see', () => {
  const report = createReport('trial', [aimed('delay', 300, 'ms', { atMost: 200 }), figure('calls', 10, '1/s')]);
  const [head, , titles, ...lines] = toTable(report).split('\n');
  expect(head).toMatch(/^trial · [0-9a-z+]+ · \d+ × /);
  expect(titles).toMatch(/^metric/);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^delay +300 +ms +≤ 200 +MISSED$/);
});
