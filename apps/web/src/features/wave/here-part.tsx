import { Suspense } from 'react';
import { laterPart } from '../../new-build.ts';

const HereNow = laterPart(
  async () => (await import('./here-now.tsx')).HereNow,
  () => null,
);

/** Who is here now, for the hallway; it comes a moment after the rooms. */
export const hereNow = (level: 'h2' | 'h3') => (
  <Suspense>
    <HereNow level={level} />
  </Suspense>
);
