import type { ReactNode } from 'react';

export type PageBarProps = { start?: ReactNode; title?: ReactNode; end?: ReactNode };

/** The bar at the top of a page: something left, a short title, something right. */
export function PageBar({ start, title, end }: PageBarProps) {
  return (
    <header className="flex min-h-17 items-center justify-between gap-2 px-4 py-3">
      <div className="flex min-w-touch gap-2">{start}</div>
      <div className="min-w-0 text-center">{title}</div>
      <div className="flex min-w-touch justify-end gap-2">{end}</div>
    </header>
  );
}

/** The thumb's bar at the bottom. */
export function BottomBar({ children }: { children: ReactNode }) {
  return <footer className="bar">{children}</footer>;
}

/** "● Live", "● On air". */
export function OnAir({ children }: { children: ReactNode }) {
  return <span className="on-air">{children}</span>;
}
