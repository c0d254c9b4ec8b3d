import type { BranchNode } from '@salotto/contract';
import { expect, test } from 'vitest';
import { placeTree, treeOf } from './branch-layout.ts';

const node = (id: string, parentId: string | null) =>
  ({ id, parentId, person: null, status: 'member', review: false, at: 0 }) as unknown as BranchNode;

test('parents stand above the middle of their children, leaves side by side', () => {
  const tree = treeOf([node('a', null), node('b', 'a'), node('c', 'a'), node('d', 'b'), node('e', 'b')]);
  if (!tree) return expect.fail('no tree');
  const { placed, lines, columns, rows } = placeTree(tree);
  const at = Object.fromEntries(placed.map(({ node: { id }, x, y }) => [id, [x, y]]));
  expect(at).toEqual({ d: [0, 2], e: [1, 2], b: [0.5, 1], c: [2, 1], a: [1.25, 0] });
  expect(lines).toHaveLength(4);
  expect([columns, rows]).toEqual([3, 3]);
});

test('nobody is no tree', () => {
  expect(treeOf([])).toBeNull();
});
