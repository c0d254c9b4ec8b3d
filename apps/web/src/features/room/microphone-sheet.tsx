import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useAbout } from '../../me.ts';
import type { MicrophoneState, MicrophoneTrouble } from '../../media/microphone.ts';
import { Button, Sheet } from '../../ui/index.ts';
import { useRoom, useRoomModel } from './use-room.ts';

function troubleOf(state: MicrophoneState): MicrophoneTrouble | null {
  return state === 'off' || state === 'asking' || state === 'open' || state === 'muted' ? null : state;
}

/** The microphone could not be opened: why, and what to do. Closing it leaves one on stage, muted. */
export function MicrophoneSheet({ onSound }: { onSound: () => void }) {
  const model = useRoomModel();
  const trouble = useRoom((state) => troubleOf(state.microphone));
  const { title, advice, again, choose } = useAdvice(trouble);
  return (
    <Sheet
      open={trouble !== null}
      onOpenChange={(open) => {
        if (!open) model.keepMuted();
      }}
      title={title}
      footer={
        <>
          {again && (
            <Button kind="primary" className="flex-1" onClick={() => void model.toggleMicrophone()}>
              {trouble === 'gone' || trouble === 'interrupted' ? (
                <Trans>Turn it on again</Trans>
              ) : (
                <Trans>Try again</Trans>
              )}
            </Button>
          )}
          <Button className="flex-1" onClick={() => model.keepMuted()}>
            <Trans>Stay muted</Trans>
          </Button>
        </>
      }
    >
      <div className="grid gap-2" data-microphone-trouble={trouble ?? undefined}>
        {advice}
        {choose && (
          <Button
            kind="plain"
            onClick={() => {
              model.keepMuted();
              onSound();
            }}
          >
            <Trans>Choose a microphone</Trans>
          </Button>
        )}
      </div>
    </Sheet>
  );
}

type Advice = { title: string; advice: ReactNode; again: boolean; choose?: boolean };

function useAdvice(trouble: MicrophoneTrouble | null): Advice {
  const { t } = useLingui();
  switch (trouble) {
    case 'refused':
      return {
        title: t`The microphone was not allowed`,
        advice: (
          <Trans>People hear you only when the browser may use the microphone. Try again and choose “Allow”.</Trans>
        ),
        again: true,
      };
    case 'blocked':
      return {
        title: t`The browser blocks the microphone here`,
        advice: (
          <>
            <p>
              <Trans>
                Open the site settings beside the address (the icon at its left), set the microphone to “Allow”, then
                try again.
              </Trans>
            </p>
            <p className="text-ink-soft">
              <Trans>
                If it is allowed there, the system blocks it: look under privacy, microphone, in the settings of the
                device.
              </Trans>
            </p>
          </>
        ),
        again: true,
      };
    case 'missing':
      return {
        title: t`No microphone found`,
        advice: <Trans>Plug in a microphone or a headset, or connect it by Bluetooth, then try again.</Trans>,
        again: true,
      };
    case 'gone':
      return {
        title: t`Your microphone went away`,
        advice: (
          <Trans>
            It was unplugged, or another device took its place. You are muted. Turn it on again to speak through what is
            there now.
          </Trans>
        ),
        again: true,
        choose: true,
      };
    case 'interrupted':
      return {
        title: t`Something took your microphone`,
        advice: <Trans>A call, perhaps. You are muted. When it is over, turn the microphone on again.</Trans>,
        again: true,
      };
    case 'taken':
      return {
        title: t`Another app holds the microphone`,
        advice: <Trans>End calls and recordings in other apps and tabs, then try again.</Trans>,
        again: true,
      };
    case 'insecure':
      return {
        title: t`This address can’t use a microphone`,
        advice: <InsecureAdvice />,
        again: false,
      };
    case 'ungranted':
      return {
        title: t`The stage did not open in time`,
        advice: <Trans>You are on stage, but the sound could not be sent yet. Try again in a moment.</Trans>,
        again: true,
      };
    default:
      return {
        title: t`The room could not be told`,
        advice: (
          <Trans>The server did not answer, so your microphone stays muted. Check the connection and try again.</Trans>
        ),
        again: true,
      };
  }
}

function InsecureAdvice() {
  const secureUrl = useAbout()?.secureUrl ?? null;
  if (secureUrl === null) {
    return (
      <Trans>
        Browsers give the microphone only to pages with a padlock. Open this server at its https address; ask whoever
        runs it if there is none. You can go on listening here.
      </Trans>
    );
  }
  const there = `${secureUrl}${location.pathname}`;
  return (
    <>
      <p>
        <Trans>Browsers give the microphone only to pages with a padlock. You can go on listening here.</Trans>
      </p>
      <p>
        <Trans>
          To speak, open <a href={there}>{secureUrl}</a>
        </Trans>
      </p>
      <p className="text-ink-soft">
        <Trans>
          Does the browser warn you there? Then this device has to trust the server first, once.{' '}
          <a href="/trust">How that is done</a>
        </Trans>
      </p>
    </>
  );
}
