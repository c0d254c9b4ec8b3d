/** The mark: a lit window. */
export function Mark({ size = 40 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" className="shrink-0">
      <rect width="64" height="64" rx="24" className="fill-lamp" />
      <path d="M18 50V29a14 14 0 0 1 28 0v21z" className="fill-glow" />
      <path d="M32 15v35M18 33h28" className="stroke-lamp" strokeWidth="3.5" fill="none" />
    </svg>
  );
}
