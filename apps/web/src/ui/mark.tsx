/** The mark: a lit window. */
export function Mark({ size = 40 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" className="shrink-0">
      <rect width="64" height="64" rx="24" fill="oklch(54% .155 38)" />
      <path d="M18 50V29a14 14 0 0 1 28 0v21z" fill="oklch(86% .11 78)" />
      <path d="M32 15v35M18 33h28" stroke="oklch(54% .155 38)" strokeWidth="3.5" fill="none" />
    </svg>
  );
}
