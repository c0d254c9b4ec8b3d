import { Trans, useLingui } from '@lingui/react/macro';
import { DESCRIPTION_MAX, MAX_CAPACITY, MAX_STAGE, type RoomView } from '@salotto/contract';
import { type FormEvent, useState } from 'react';
import { LOCALE_NAMES, LOCALES } from '../../i18n.ts';
import { Field, TextField } from '../../ui/field.tsx';
import { Button, Segmented, useFormats } from '../../ui/index.ts';
import { LedgerChoice, LobbyChoice } from '../../ui/room-choices.tsx';
import { TopicPicker } from '../../ui/topic-picker.tsx';
import { useAction } from '../../ui/use-action.ts';
import { useVisibilities, VisibilityNote } from '../../ui/visibility.tsx';
import { changeOf, type Draft, type DraftError, draftOf } from './settings-change.ts';
import { useRoom, useRoomCalls } from './use-room.ts';

const TITLE_MAX = 120;
type Props = { onDone: () => void };

/** Everything that moderators change while people talk. */
export function SettingsForm({ onDone }: Props) {
  const room = useRoom((state) => state.room);
  return room && <Form room={room} onDone={onDone} />;
}

function Form({ room, onDone }: Props & { room: RoomView }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const calls = useRoomCalls();
  const { busy, run } = useAction();
  const [opened] = useState(() => draftOf(room));
  const [draft, setDraft] = useState(opened);
  const [wrong, setWrong] = useState<DraftError[]>([]);
  const visibilities = useVisibilities();
  const set = (edit: Partial<Draft>) => {
    setDraft({ ...draft, ...edit });
    setWrong([]);
  };
  const mostPlaces = number(MAX_CAPACITY);
  const mostSeats = number(MAX_STAGE);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const asked = changeOf(opened, draft);
    if ('errors' in asked) return setWrong(asked.errors);
    if (Object.keys(asked.change).length === 0 || (await run(() => calls.change(asked.change)))) onDone();
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-5 pt-2">
      <Field
        label={<Trans>Title</Trans>}
        value={draft.title}
        maxLength={TITLE_MAX}
        autoComplete="off"
        error={
          wrong.includes('title') ? (
            <Trans>Give the room a title, so that people know what to expect.</Trans>
          ) : undefined
        }
        onChange={(event) => set({ title: event.target.value })}
      />
      <TextField
        label={<Trans>Description</Trans>}
        rows={3}
        value={draft.description}
        maxLength={DESCRIPTION_MAX}
        onChange={(event) => set({ description: event.target.value })}
      />
      <TopicPicker value={draft.topics} onChange={(topics) => set({ topics })} />
      <Segmented
        label={t`Language of the room`}
        labelShown
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        value={draft.locale}
        onChange={(locale) => set({ locale })}
      />
      <Segmented
        label={t`Who may come in`}
        labelShown
        options={visibilities}
        value={draft.visibility}
        onChange={(visibility) => set({ visibility })}
        note={<VisibilityNote visibility={draft.visibility} />}
      />
      <Segmented
        label={t`The door`}
        labelShown
        options={[
          { value: 'unlocked', label: t({ message: 'Unlocked', comment: 'The door of the room' }) },
          { value: 'locked', label: t({ message: 'Locked', comment: 'Nobody new may enter the room' }) },
        ]}
        value={draft.locked ? 'locked' : 'unlocked'}
        onChange={(door) => set({ locked: door === 'locked' })}
        note={
          draft.locked ? (
            <Trans>Nobody new comes in. Whoever is in stays, and comes back after a lost connection.</Trans>
          ) : (
            <Trans>Whoever may see the room comes in.</Trans>
          )
        }
      />
      <LobbyChoice value={draft.lobby} onChange={(lobby) => set({ lobby })} />
      {draft.lobby && (
        <Segmented
          label={t`Guests with a speaker link`}
          labelShown
          options={[
            { value: 'pass', label: t({ message: 'Come straight in', comment: 'Guests with a speaker link' }) },
            { value: 'wait', label: t({ message: 'Wait too', comment: 'Guests with a speaker link' }) },
          ]}
          value={draft.speakerLinksPassLobby ? 'pass' : 'wait'}
          onChange={(way) => set({ speakerLinksPassLobby: way === 'pass' })}
        />
      )}
      <LedgerChoice value={draft.ledger} onChange={(ledger) => set({ ledger })} />
      <div className="grid gap-5 wide:grid-cols-2">
        <Field
          label={<Trans>Places in the room</Trans>}
          inputMode="numeric"
          placeholder={t`No limit`}
          value={draft.capacity}
          hint={<Trans>Up to {mostPlaces}, with everybody on stage. Empty: no limit.</Trans>}
          error={wrong.includes('capacity') ? <Trans>A number from 1 to {mostPlaces}, or nothing.</Trans> : undefined}
          onChange={(event) => set({ capacity: event.target.value })}
        />
        <Field
          label={<Trans>Seats on stage</Trans>}
          inputMode="numeric"
          value={draft.stageLimit}
          hint={<Trans>Up to {mostSeats}. Whoever is on stage stays there.</Trans>}
          error={wrong.includes('stageLimit') ? <Trans>A number from 1 to {mostSeats}.</Trans> : undefined}
          onChange={(event) => set({ stageLimit: event.target.value })}
        />
      </div>
      <Button kind="primary" type="submit" busy={busy}>
        <Trans>Save for everybody</Trans>
      </Button>
    </form>
  );
}
