/** Read aloud when one gets to it; the same words twice are said twice. */
export function SaidLine({ said, testId }: { said: { id: number; line: string }; testId: string }) {
  return (
    <p className="sr-only" aria-live="polite" data-testid={testId}>
      <span key={said.id}>{said.line}</span>
    </p>
  );
}
