import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { GUEST_NAME_MAX, type GuestLinkKind, type PersonCard, type RoomCard } from '@salotto/contract';
import { Link } from '@tanstack/react-router';
import { Ear, Hand, Mic, UserRound } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useMe } from '../../me.ts';
import { Field } from '../../ui/field.tsx';
import { useNameOf } from '../../ui/guest-mark.tsx';
import { Button, FacePile, OnAir, useFormats } from '../../ui/index.ts';
import { useErrorText } from '../../ui/use-error-text.ts';

type Props = {
  room: RoomCard;
  kind: GuestLinkKind;
  from: PersonCard | null;
  /** Who opens the link with an account here; null for somebody without one. */
  member: PersonCard | null;
  onEnter: () => void;
  busy: boolean;
  error: unknown;
  onName: (name: string) => void;
  /** Something else was typed: the error is no longer about it. */
  onChange: () => void;
};

const ICON = { size: 18, strokeWidth: 1.9, 'aria-hidden': true, className: 'mt-0.5 shrink-0 text-lamp' } as const;

/** Which room, from whom, what a guest may do there, and under which name. */
export function Invitation({ room, kind, from, member, onEnter, busy, error, onName, onChange }: Props) {
  const nameOf = useNameOf();
  const elsewhere = useMe()?.guest;
  const by = from && nameOf(from);
  const memberName = member?.name;
  return (
    <div className="grid gap-5" data-invitation={kind}>
      <div>
        <p className="text-ink-soft">
          {by ? <Trans>{by} invites you into this room:</Trans> : <Trans>You are invited into this room:</Trans>}
        </p>
        <h1 className="mt-1 text-2xl" lang={room.locale}>
          {room.title}
        </h1>
        <WhoIsThere room={room} />
      </div>
      <ul className="grid gap-2.5">
        <Line icon={<Ear {...ICON} />}>
          <Trans>You hear everybody on stage, here in the browser.</Trans>
        </Line>
        {kind === 'speaker' ? (
          <Line icon={<Mic {...ICON} />}>
            <Trans>You are offered the stage. Nobody hears you before you accept and open your microphone.</Trans>
          </Line>
        ) : (
          <Line icon={<Hand {...ICON} />}>
            <Trans>You can raise a hand where the moderators allow it.</Trans>
          </Line>
        )}
        <Line icon={<UserRound {...ICON} />}>
          {member ? (
            <Trans>You come in with your own account, as {memberName}.</Trans>
          ) : (
            <Trans>No account is needed. The word “guest” stands beside your name, for this room alone.</Trans>
          )}
        </Line>
      </ul>
      {room.locked && (
        <p className="rounded-m bg-lamp-soft px-4 py-3">
          <Trans>The door is locked at the moment: nobody new comes in until the moderators open it.</Trans>
        </p>
      )}
      {elsewhere && (
        <p className="rounded-m bg-lamp-soft px-4 py-3">
          <Trans>You are a guest in another room on this device, and will be signed out there.</Trans>
        </p>
      )}
      {member ? <EnterAs {...{ busy, error, onEnter }} /> : <NameForm {...{ busy, error, onName, onChange }} />}
      {!elsewhere && !member && (
        <p className="text-s text-ink-soft">
          <Trans>Do you have an account here?</Trans>{' '}
          <Link to="/sign-in" search={{ back: `/rooms/${room.id}` }} className="link">
            <Trans>Sign in and enter as yourself</Trans>
          </Link>
        </p>
      )}
    </div>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      {icon}
      <span>{children}</span>
    </li>
  );
}

const NAMED = 3;

function WhoIsThere({ room }: { room: RoomCard }) {
  const { t } = useLingui();
  const { list, number } = useFormats();
  const nameOf = useNameOf();
  const names = list(room.speakers.slice(0, NAMED).map(nameOf));
  const others = Math.max(0, room.speakerCount - NAMED);
  const { listening } = room;
  const count = number(listening);
  return (
    <div className="mt-3 grid gap-2 [--pile-ground:var(--ground)]">
      <p className="chip">
        <OnAir>
          <Trans comment="The room is live">On air</Trans>
        </OnAir>
        <span>· {t`${plural(listening, { one: `${count} listening`, other: `${count} listening` })}`}</span>
      </p>
      {names && (
        <p className="flex items-center gap-3">
          <FacePile people={room.speakers} max={NAMED} />
          <span className="min-w-0">
            {others > 0 ? (
              <Trans>
                On stage: {names} and {others} more
              </Trans>
            ) : (
              <Trans>On stage: {names}</Trans>
            )}
          </span>
        </p>
      )}
    </div>
  );
}

function NameForm({ busy, error, onName, onChange }: Pick<Props, 'busy' | 'error' | 'onName' | 'onChange'>) {
  const { sentence } = useErrorText();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) onName(name);
    else setMissing(true);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field
        label={<Trans>Your name</Trans>}
        hint={<Trans>As people here know you. It may not look like the name of somebody in the room.</Trans>}
        error={missing ? <Trans>Type a name first.</Trans> : error ? sentence(error) : undefined}
        maxLength={GUEST_NAME_MAX}
        autoComplete="name"
        enterKeyHint="go"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
          setMissing(false);
          onChange();
        }}
      />
      <Button kind="primary" type="submit" className="min-h-14" busy={busy}>
        <Trans>Enter as a guest</Trans>
      </Button>
    </form>
  );
}

/** Opening a link changes nothing: whoever has an account says so too. */
function EnterAs({ busy, error, onEnter }: Pick<Props, 'busy' | 'error' | 'onEnter'>) {
  const { sentence } = useErrorText();
  return (
    <div className="grid gap-4">
      <p role="alert" className="text-danger empty:hidden">
        {error ? sentence(error) : null}
      </p>
      <Button kind="primary" className="min-h-14" busy={busy} onClick={onEnter}>
        <Trans>Enter the room</Trans>
      </Button>
    </div>
  );
}
