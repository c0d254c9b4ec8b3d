import { Trans, useLingui } from '@lingui/react/macro';
import { type HandPolicy, mayInvite } from '@salotto/contract';
import {
  AudioLines,
  BellRing,
  CircleStop,
  DoorClosed,
  Ellipsis,
  Hand,
  Keyboard,
  Link2,
  ListOrdered,
  Lock,
  LockOpen,
  Pin,
  Settings2,
  SlidersHorizontal,
  Timer,
  UserPlus,
  Users,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { Suspense, useState } from 'react';
import { laterPart } from '../../new-build.ts';
import { Button, Dialog, Menu, Segmented, Sheet, Wait } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { CallsSheet } from './calls-sheet.tsx';
import { ownAbilities, ownRole } from './room-state.ts';
import { SoundPathLine } from './sound-path-line.tsx';
import { SpeakingTimeSheet } from './speaking-time-sheet.tsx';
import { TurnClockSheet } from './turn-clock-sheet.tsx';
import { useRoom, useRoomCalls, useRoomModel } from './use-room.ts';
import { useIsGuest } from './way-out.tsx';

const ShareSheet = laterPart(
  async () => (await import('../../ui/share-sheet.tsx')).ShareSheet,
  () => null,
);
const PingSheet = laterPart(
  async () => (await import('./ping-sheet.tsx')).PingSheet,
  () => null,
);
const LinkSheet = laterPart(
  async () => (await import('./chat/link-sheet.tsx')).LinkSheet,
  () => null,
);

const GuestLinksSheet = laterPart(
  async () => (await import('./guest-links-sheet.tsx')).GuestLinksSheet,
  () => null,
);

const SettingsForm = laterPart(
  async () => (await import('./settings-form.tsx')).SettingsForm,
  () => null,
);

const Bans = laterPart(
  async () => (await import('./bans-sheet.tsx')).Bans,
  () => null,
);

const ICON = { size: 18, strokeWidth: 1.9 };

export function RoomMenu({ onShortcuts, onSound }: { onShortcuts: () => void; onSound: () => void }) {
  const model = useRoomModel();
  const silent = useRoom((state) => state.silent);
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const [ending, setEnding] = useState(false);
  const [choosing, setChoosing] = useState(false);
  // Null: not wanted so far.
  const [sharing, setSharing] = useState<boolean | null>(null);
  const [calling, setCalling] = useState<boolean | null>(null);
  const [inviting, setInviting] = useState<boolean | null>(null);
  const [pinning, setPinning] = useState<boolean | null>(null);
  const [counting, setCounting] = useState(false);
  const [explaining, setExplaining] = useState(false);
  const [timing, setTiming] = useState(false);
  const [changing, setChanging] = useState(false);
  const [sentAway, setSentAway] = useState(false);
  const locked = useRoom((state) => state.room?.locked);
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const onStage = useRoom((state) => ownAbilities(state).leaveStage);
  const room = useRoom((state) => state.room);
  const guest = useIsGuest();
  const mayInviteHere = useRoom((state) =>
    mayInvite({ visibility: state.room?.visibility ?? 'closed', role: ownRole(state) }),
  );
  const mayCall = mayInviteHere && !guest;

  return (
    <>
      <Menu
        trigger={
          <Button
            shape="round"
            aria-label={t({ message: 'More', comment: 'Button that opens a menu of commands for the room' })}
          >
            <Ellipsis size={20} strokeWidth={1.9} />
          </Button>
        }
        note={<SoundPathLine />}
        entries={[
          { label: <Trans>Share the address</Trans>, icon: <Link2 {...ICON} />, onSelect: () => setSharing(true) },
          mayCall && {
            label: <Trans>Call people in</Trans>,
            icon: <BellRing {...ICON} />,
            onSelect: () => setCalling(true),
          },
          {
            label: <Trans>Speaking time</Trans>,
            icon: <AudioLines {...ICON} />,
            onSelect: () => setCounting(true),
          },
          {
            label: <Trans>Who was called, and why</Trans>,
            icon: <ListOrdered {...ICON} />,
            onSelect: () => setExplaining(true),
          },
          { label: <Trans>Sound</Trans>, icon: <Settings2 {...ICON} />, onSelect: onSound },
          {
            label: silent ? <Trans>Hear the room again</Trans> : <Trans>Silence the room for me</Trans>,
            icon: silent ? <Volume2 {...ICON} /> : <VolumeX {...ICON} />,
            onSelect: () => model.setSilent(!silent),
          },
          onStage && {
            label: <Trans>Back to the audience</Trans>,
            icon: <Users {...ICON} />,
            onSelect: () => void run(calls.leaveStage),
          },
          { label: <Trans>Keyboard shortcuts</Trans>, icon: <Keyboard {...ICON} />, onSelect: onShortcuts },
          moderate && {
            begins: true,
            label: <Trans>Who may raise a hand</Trans>,
            icon: <Hand {...ICON} />,
            onSelect: () => setChoosing(true),
          },
          moderate &&
            !guest && {
              label: <Trans>Guest links</Trans>,
              icon: <UserPlus {...ICON} />,
              onSelect: () => setInviting(true),
            },
          moderate && {
            label: <Trans>Time for a turn</Trans>,
            icon: <Timer {...ICON} />,
            onSelect: () => setTiming(true),
          },
          moderate && {
            label: <Trans>Pin a link</Trans>,
            icon: <Pin {...ICON} />,
            onSelect: () => setPinning(true),
          },
          moderate && {
            label: <Trans>Room settings</Trans>,
            icon: <SlidersHorizontal {...ICON} />,
            onSelect: () => setChanging(true),
          },
          moderate && {
            label: locked ? <Trans>Unlock the door</Trans> : <Trans>Lock the door</Trans>,
            icon: locked ? <LockOpen {...ICON} /> : <Lock {...ICON} />,
            onSelect: () => void run(() => calls.change({ locked: !locked })),
          },
          moderate && {
            label: <Trans>Sent away</Trans>,
            icon: <DoorClosed {...ICON} />,
            onSelect: () => setSentAway(true),
          },
          moderate && {
            label: <Trans>End the room</Trans>,
            icon: <CircleStop {...ICON} />,
            danger: true,
            onSelect: () => setEnding(true),
          },
        ]}
      />
      <SpeakingTimeSheet open={counting} onOpenChange={setCounting} />
      <CallsSheet open={explaining} onOpenChange={setExplaining} />
      <TurnClockSheet open={timing} onOpenChange={setTiming} />
      <Sheet open={changing && moderate} onOpenChange={setChanging} title={t`Room settings`}>
        <Suspense
          fallback={
            <Wait>
              <Trans>Getting the settings…</Trans>
            </Wait>
          }
        >
          <SettingsForm onDone={() => setChanging(false)} />
        </Suspense>
      </Sheet>
      <Sheet open={sentAway && moderate} onOpenChange={setSentAway} title={t`Sent away`}>
        <Suspense
          fallback={
            <Wait>
              <Trans>Looking up who was sent away…</Trans>
            </Wait>
          }
        >
          <Bans />
        </Suspense>
      </Sheet>
      <Suspense>
        {room && sharing !== null && <ShareSheet room={room} open={sharing} onOpenChange={setSharing} />}
        {inviting !== null && moderate && <GuestLinksSheet open={inviting} onOpenChange={setInviting} />}
        {pinning !== null && <LinkSheet open={pinning && moderate} onOpenChange={setPinning} />}
        {calling !== null && <PingSheet open={calling} onOpenChange={setCalling} />}
      </Suspense>
      <HandPolicySheet open={choosing} onOpenChange={setChoosing} />
      <Dialog
        open={ending}
        onOpenChange={setEnding}
        title={t`End the room for everyone?`}
        description={t`Everybody hears that it is over. To go alone, leave quietly: the room lives on.`}
      >
        <div className="flex flex-wrap gap-2">
          <Button
            kind="danger"
            className="flex-1"
            busy={busy}
            onClick={async () => {
              if (await run(calls.end)) setEnding(false);
            }}
          >
            <Trans>End the room</Trans>
          </Button>
          <Button className="flex-1" onClick={() => setEnding(false)}>
            <Trans>Keep talking</Trans>
          </Button>
        </div>
      </Dialog>
    </>
  );
}

function HandPolicySheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useLingui();
  const calls = useRoomCalls();
  const { run } = useAction();
  const policy = useRoom((state) => state.room?.handPolicy) ?? 'everyone';
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t`Who may raise a hand`}>
      <Segmented<HandPolicy>
        label={t`Who may raise a hand`}
        value={policy}
        onChange={(next) => void run(() => calls.setHandPolicy(next))}
        options={[
          { value: 'everyone', label: t`Everyone` },
          {
            value: 'followed',
            label: t({ message: 'Followed', comment: 'Only people whom the speakers follow may raise a hand' }),
          },
          { value: 'off', label: t({ message: 'Nobody', comment: 'Nobody may raise a hand' }) },
        ]}
      />
      <p className="mt-3 text-ink-soft">
        {policy === 'everyone' ? (
          <Trans>Every listener can ask for the stage.</Trans>
        ) : policy === 'followed' ? (
          <Trans>Listeners whom somebody on stage follows can ask for the stage.</Trans>
        ) : (
          <Trans>Hands that are up stay up; no new ones can be raised.</Trans>
        )}
      </p>
    </Sheet>
  );
}
