import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { Hand, Headphones, Mic } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useAbout } from '../../me.ts';
import { laterPart } from '../../new-build.ts';
import { usePageTitle } from '../../page-title.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';

const WayIn = laterPart(
  async () => (await import('./way-in.tsx')).WayIn,
  () => null,
);

/** The first screen for somebody who is not signed in: what this is, and the way in. */
export function WelcomePage() {
  const about = useAbout();
  const name = about?.name ?? 'Salotto';
  usePageTitle('');
  const icon = { size: 22, strokeWidth: 1.9 };
  return (
    <main className="mx-auto flex w-full max-w-md flex-1 flex-col justify-between gap-8 px-6 pt-12 pb-8 wide:justify-center wide:gap-12">
      <div>
        <Mark size={64} />
        <p className="mt-6 font-serif text-l font-[560]">{name}</p>
        <h1 className="mt-1 text-3xl wide:text-[3rem]">
          <Trans>A room where people sit and talk</Trans>
        </h1>
        <ul className="mt-8 grid gap-5">
          <Point icon={<Headphones {...icon} />}>
            <Trans>Look who is talking now, tap a room and hear it at once.</Trans>
          </Point>
          <Point icon={<Hand {...icon} />}>
            <Trans>Raise your hand when you have something to say.</Trans>
          </Point>
          <Point icon={<Mic {...icon} />}>
            <Trans>Called to the stage, you open the microphone yourself. Nobody else can.</Trans>
          </Point>
        </ul>
      </div>
      <div className="grid gap-3">
        <Suspense>{about?.signUp !== 'open' && <WayIn about={about} />}</Suspense>
        <Link to="/sign-in" className={buttonLook({ kind: about?.signUp === 'open' ? 'primary' : 'quiet' })}>
          <Trans>Sign in or join</Trans>
        </Link>
        <p className="text-center text-s text-ink-soft">
          <Trans>With your e-mail address and a code. No password.</Trans>
        </p>
      </div>
    </main>
  );
}

function Point({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-4">
      <span className="grid size-12 shrink-0 place-items-center rounded-face bg-lamp-soft text-lamp" aria-hidden="true">
        {icon}
      </span>
      <p className="text-l leading-snug">{children}</p>
    </li>
  );
}
