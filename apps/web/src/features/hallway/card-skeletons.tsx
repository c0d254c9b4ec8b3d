import { Trans } from '@lingui/react/macro';

/** Cards to come, quiet and still. */
export function CardSkeletons() {
  return (
    <div role="status" className="grid gap-4">
      <span className="sr-only">
        <Trans>Looking who is talking…</Trans>
      </span>
      {[0, 1, 2].map((key) => (
        <div key={key} className="card grid gap-3 wide:border wide:border-line wide:shadow-none" aria-hidden="true">
          <div className="skeleton h-4 w-28" />
          <div className="skeleton h-6 w-5/6" />
          <div className="skeleton h-4 w-1/2" />
          <div className="skeleton mt-2 mb-1 h-9 w-2/3" />
        </div>
      ))}
    </div>
  );
}
