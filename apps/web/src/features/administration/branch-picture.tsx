import type { BranchNode } from '@salotto/contract';
import { type BranchTree, type Placed, placeTree } from './branch-layout.ts';

const COLUMN = 22;
const ROW = 44;
const MARGIN = 16;
const RADIUS = 7;

/** A branch at a glance. What it shows is said by the list below it, so it is silent. */
export function BranchPicture({ tree }: { tree: BranchTree }) {
  const { placed, lines, columns, rows } = placeTree(tree);
  const width = Math.max(1, columns - 1) * COLUMN + 2 * MARGIN;
  const height = (rows - 1) * ROW + 2 * MARGIN;
  const px = ({ x, y }: Placed) => ({ x: MARGIN + x * COLUMN, y: MARGIN + y * ROW });
  return (
    <div className="overflow-x-auto rounded-m bg-sunken p-2">
      <svg
        aria-hidden="true"
        data-branch={placed.length}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className="mx-auto block"
      >
        {lines.map(([from, to]) => {
          const [a, b] = [px(from), px(to)];
          const middle = (a.y + b.y) / 2;
          return (
            <path
              key={to.node.id}
              d={`M${a.x} ${a.y}C${a.x} ${middle} ${b.x} ${middle} ${b.x} ${b.y}`}
              className="fill-none stroke-ink-soft"
              strokeWidth={1.5}
            />
          );
        })}
        {placed.map((one) => (
          <Dot key={one.node.id} node={one.node} {...px(one)} />
        ))}
      </svg>
    </div>
  );
}

/** Told apart by shape: full, square under review, ring when paused, cross when removed, small when gone. */
function Dot({ node, x, y }: { node: BranchNode; x: number; y: number }) {
  if (node.status === 'gone') return <circle cx={x} cy={y} r={3} className="fill-ink-soft" />;
  if (node.status === 'removed')
    return (
      <g>
        <circle cx={x} cy={y} r={RADIUS} className="fill-sunken" />
        <path
          d={`M${x - 5} ${y - 5}l10 10m0-10l-10 10`}
          className="stroke-danger"
          strokeWidth={3}
          strokeLinecap="round"
        />
      </g>
    );
  if (node.status === 'paused')
    return <circle cx={x} cy={y} r={RADIUS - 1} className="fill-sunken stroke-danger" strokeWidth={3} />;
  if (node.review)
    return <rect x={x - RADIUS} y={y - RADIUS} width={2 * RADIUS} height={2 * RADIUS} className="fill-ink" />;
  return <circle cx={x} cy={y} r={RADIUS} className="fill-lamp" />;
}
