import type { BranchNode } from '@salotto/contract';

export type Placed = { node: BranchNode; x: number; y: number };
export type BranchTree = { node: BranchNode; children: BranchTree[] };

/** Nodes that come after whoever brought them, as a tree; null where there are none. */
export function treeOf(nodes: readonly BranchNode[]): BranchTree | null {
  const trees = new Map<string, BranchTree>();
  let root: BranchTree | null = null;
  for (const node of nodes) {
    const tree = { node, children: [] };
    trees.set(node.id, tree);
    const parent = node.parentId === null ? undefined : trees.get(node.parentId);
    if (parent) parent.children.push(tree);
    else root ??= tree;
  }
  return root;
}

/** Places a tree: a column for every leaf, a row for every step away from the root, parents above their children. */
export function placeTree(tree: BranchTree): {
  placed: Placed[];
  lines: [Placed, Placed][];
  columns: number;
  rows: number;
} {
  const placed: Placed[] = [];
  const lines: [Placed, Placed][] = [];
  let columns = 0;
  let rows = 0;
  function place({ node, children }: BranchTree, y: number): Placed {
    rows = Math.max(rows, y + 1);
    const below = children.map((child) => place(child, y + 1));
    const [first, last] = [below[0], below.at(-1)];
    const x = first && last ? (first.x + last.x) / 2 : columns++;
    const own = { node, x, y };
    placed.push(own);
    for (const child of below) lines.push([own, child]);
    return own;
  }
  place(tree, 0);
  return { placed, lines, columns, rows };
}
