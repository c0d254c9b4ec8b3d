import type { ReactNode } from 'react';

export type EmptyStateProps = {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  /** What to do next. */
  action?: ReactNode;
  level?: 'h1' | 'h2';
};

/** Nothing is here, and what to do about it. */
export function EmptyState({ icon, title, children, action, level: Title = 'h2' }: EmptyStateProps) {
  return (
    <section className="mx-auto flex max-w-sm flex-col items-center gap-3 px-4 py-10 text-center">
      {icon && (
        <span className="grid size-16 place-items-center rounded-face bg-lamp-soft text-lamp" aria-hidden="true">
          {icon}
        </span>
      )}
      <Title className="text-xl">{title}</Title>
      {children && <div className="text-ink-soft">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </section>
  );
}
