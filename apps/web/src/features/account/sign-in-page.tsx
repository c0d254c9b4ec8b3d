import { useLingui } from '@lingui/react/macro';
import type { Me } from '@salotto/contract';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useMe, useSetMe } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { buttonLook } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { PageBar } from '../../ui/page.tsx';
import { CodeStep } from './code-step.tsx';
import { EmailStep } from './email-step.tsx';
import { LeavingStep } from './leaving-step.tsx';
import { NameStep } from './name-step.tsx';
import { PausedStep } from './paused-step.tsx';
import { PictureStep } from './picture-step.tsx';
import { WaitingStep } from './waiting-step.tsx';

type Asked = { email: string; resendAt: number };

/** Address, code, and for a newcomer name and picture; then on to where the person wanted to go. */
export function SignInPage({ back }: { back: string | undefined }) {
  const { t } = useLingui();
  const me = useMe();
  const setMe = useSetMe();
  const navigate = useNavigate();
  const router = useRouter();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [choosingPicture, setChoosingPicture] = useState(false);

  usePageTitle(t`Sign in`);
  async function signedIn(next: Me) {
    await setMe(next);
    // Whoever is signed out again on this page begins anew.
    setAsked(null);
  }
  const done = Boolean(me?.person) && !choosingPicture;
  useEffect(() => {
    if (done) void (back ? router.history.replace(back) : navigate({ to: '/', replace: true }));
  }, [done, back, navigate, router]);
  if (done) return null;

  return (
    <Page>
      {me?.status === 'waiting' ? (
        <WaitingStep />
      ) : me?.status === 'paused' ? (
        <PausedStep />
      ) : me?.status === 'leaving' ? (
        <LeavingStep />
      ) : me && !me.person ? (
        <NameStep
          onDone={async (next) => {
            setChoosingPicture(true);
            await setMe(next);
          }}
        />
      ) : choosingPicture ? (
        <PictureStep onDone={() => setChoosingPicture(false)} />
      ) : asked ? (
        <CodeStep {...asked} onAsked={setAsked} onBack={() => setAsked(null)} onSignedIn={signedIn} />
      ) : (
        <EmailStep onAsked={setAsked} />
      )}
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  return (
    <div className="flex flex-1 flex-col">
      <PageBar
        start={
          <Link to="/" className={buttonLook({ shape: 'round' })} aria-label={t`Back`}>
            <ArrowLeft size={20} strokeWidth={1.9} />
          </Link>
        }
      />
      <main className="mx-auto flex w-full max-w-md flex-1 flex-col px-6 pt-4 pb-10 wide:pt-16">
        <Mark size={48} />
        <div className="mt-6 flex flex-1 flex-col">{children}</div>
      </main>
    </div>
  );
}
