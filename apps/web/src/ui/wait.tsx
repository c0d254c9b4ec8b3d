import type { ReactNode } from 'react';

export function Spinner() {
  return <span className="spinner shrink-0" aria-hidden="true" />;
}

/** A wait that says what it waits for. */
export function Wait({ children }: { children: ReactNode }) {
  return (
    <div role="status" className="flex flex-col items-center justify-center gap-3 px-4 py-12 text-center text-ink-soft">
      <Spinner />
      <p>{children}</p>
    </div>
  );
}
