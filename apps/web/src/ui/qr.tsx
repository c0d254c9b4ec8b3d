import { useMemo } from 'react';
import { encode } from 'uqr';

/** Light around the code, in modules: scanners need it. */
const MARGIN = 3;

/** A QR code, dark on white in either theme, because not every phone reads the other way round. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => draw(text), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="aspect-square w-full max-w-72 rounded-m"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#1d1712" />
    </svg>
  );
}

function draw(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: MARGIN });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))).join('');
  return { path, size };
}
