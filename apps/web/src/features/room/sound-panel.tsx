import { Trans, useLingui } from '@lingui/react/macro';
import { Mic, RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import type { CaptureTrouble } from '../../media/capture.ts';
import { soundSettings } from '../../media/sound-settings.ts';
import { Button, Spinner } from '../../ui/index.ts';
import { DeviceChoice, Switch, useDevices } from './sound-parts.tsx';
import { useSoundTest } from './sound-test.ts';
import { TalkKey } from './talk-key.tsx';
import { useRoom, useRoomModel } from './use-room.ts';
import { useSoundSettings } from './use-sound-settings.ts';

const { change } = soundSettings;

/** How this device captures and plays: tried here, kept on it. */
export function SoundPanel() {
  const { t } = useLingui();
  const settings = useSoundSettings();
  const meter = useRef<HTMLDivElement>(null);
  const model = useRoomModel();
  const microphone = useRoom((state) => state.microphone);
  const live = microphone === 'open' ? model.liveTrack() : microphone === 'asking' ? 'opening' : null;
  const { test, begin, record } = useSoundTest({ settings, meter, live });
  const devices = useDevices(test.name);
  const { music } = settings;
  return (
    <div className="grid gap-5" data-sound-panel={test.name}>
      <DeviceChoice
        label={<Trans>Microphone</Trans>}
        own={t`The device’s own choice`}
        devices={devices.inputs}
        chosen={settings.input}
        onChoose={(input) => change({ input })}
      />
      <section aria-label={t`Try the microphone`} className="grid gap-2">
        {test.name === 'off' ? (
          <Button onClick={begin}>
            <Mic size={18} strokeWidth={1.9} />
            <Trans>Try the microphone</Trans>
          </Button>
        ) : test.name === 'trouble' ? (
          <TestTrouble trouble={test.trouble} onAgain={begin} />
        ) : (
          <>
            <div ref={meter} className="h-3 overflow-hidden rounded-pill bg-sunken">
              <span aria-hidden="true" className="block h-full w-0 rounded-pill bg-live" />
              <meter className="sr-only" aria-label={t`Level of the microphone`} min={0} max={100} value={0} />
            </div>
            {test.name !== 'live' && (
              <Button onClick={() => void record()} disabled={test.name !== 'listening'}>
                {test.name === 'listening' ? <Mic size={18} strokeWidth={1.9} /> : <Spinner />}
                {test.name === 'recording' ? (
                  <Trans>Recording: say something…</Trans>
                ) : test.name === 'playing' ? (
                  <Trans>This is how you sound…</Trans>
                ) : (
                  <Trans>Record 3 seconds and listen</Trans>
                )}
              </Button>
            )}
          </>
        )}
        <p className="text-s text-ink-soft">
          {test.name === 'live' ? (
            <Trans>You are live: the room hears you. Mute yourself to record a test.</Trans>
          ) : (
            <Trans>Nobody else hears this test.</Trans>
          )}
        </p>
      </section>
      <OutputChoice outputs={devices.outputs} />
      <section aria-label={t`Processing`} className="grid gap-1">
        <Switch
          label={<Trans>Music mode</Trans>}
          hint={<Trans>Stereo, in high quality, untouched. Wear headphones: echo is not removed.</Trans>}
          on={music}
          onChange={(on) => change({ music: on })}
        />
        <Switch
          label={<Trans>Remove echo</Trans>}
          on={!music && settings.echoCancellation}
          disabled={music}
          onChange={(echoCancellation) => change({ echoCancellation })}
        />
        <Switch
          label={<Trans>Reduce noise</Trans>}
          on={!music && settings.noiseSuppression}
          disabled={music}
          onChange={(noiseSuppression) => change({ noiseSuppression })}
        />
        <Switch
          label={<Trans>Even out loudness</Trans>}
          on={!music && settings.autoGainControl}
          disabled={music}
          onChange={(autoGainControl) => change({ autoGainControl })}
        />
      </section>
      <section aria-label={t`Hold to talk`} className="grid gap-3">
        <Switch
          label={<Trans>Hold to talk</Trans>}
          hint={
            <Trans>
              You are live while you hold the microphone button, or the key. The device stays ready, and sends nothing
              until then.
            </Trans>
          }
          on={settings.pushToTalk}
          onChange={(pushToTalk) => change({ pushToTalk })}
        />
        {settings.pushToTalk && <TalkKey code={settings.talkKey} onChoose={(talkKey) => change({ talkKey })} />}
      </section>
    </div>
  );
}

type OutputPicker = MediaDevices & { selectAudioOutput?: () => Promise<MediaDeviceInfo> };

/** Only where the browser can play elsewhere than the system does. */
function OutputChoice({ outputs }: { outputs: ReturnType<typeof useDevices>['outputs'] }) {
  const { t } = useLingui();
  const { output } = useSoundSettings();
  if (!('setSinkId' in HTMLMediaElement.prototype)) return null;
  const { mediaDevices } = navigator as { mediaDevices?: OutputPicker };
  // Some browsers name an output only once it was picked in their own window.
  const pick = mediaDevices?.selectAudioOutput?.bind(mediaDevices);
  if (pick) {
    return (
      <div className="grid gap-1.5">
        <p className="font-semibold">
          <Trans>Loudspeaker</Trans>
        </p>
        <Button
          onClick={() =>
            void pick().then(
              ({ deviceId, label }) => change({ output: { id: deviceId, label } }),
              () => undefined,
            )
          }
        >
          {output ? output.label : <Trans>The device’s own choice</Trans>}
        </Button>
      </div>
    );
  }
  if (outputs.length === 0 && !output) return null;
  return (
    <DeviceChoice
      label={<Trans>Loudspeaker</Trans>}
      own={t`The device’s own choice`}
      devices={outputs}
      chosen={output}
      onChoose={(chosen) => change({ output: chosen })}
    />
  );
}

function TestTrouble({ trouble, onAgain }: { trouble: CaptureTrouble; onAgain: () => void }) {
  return (
    <div role="alert" className="grid gap-2">
      <p>
        {trouble === 'missing' ? (
          <Trans>No microphone was found. Plug one in, then try again.</Trans>
        ) : trouble === 'taken' ? (
          <Trans>Another app holds the microphone. End its call or recording, then try again.</Trans>
        ) : trouble === 'insecure' ? (
          <Trans>Browsers give the microphone only to pages with a padlock.</Trans>
        ) : (
          <Trans>The browser did not give the microphone. Allow it beside the address, then try again.</Trans>
        )}
      </p>
      {trouble !== 'insecure' && (
        <Button onClick={onAgain}>
          <RotateCcw size={18} strokeWidth={1.9} />
          <Trans>Try again</Trans>
        </Button>
      )}
    </div>
  );
}
