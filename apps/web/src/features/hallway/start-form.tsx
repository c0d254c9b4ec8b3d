import { Trans, useLingui } from '@lingui/react/macro';
import { DESCRIPTION_MAX, type Locale, type TopicId, type Visibility } from '@salotto/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { LOCALE_NAMES, LOCALES } from '../../i18n.ts';
import { rpc } from '../../rpc.ts';
import { Field, TextField } from '../../ui/field.tsx';
import { useFormats } from '../../ui/formats.ts';
import { LedgerChoice, LobbyChoice } from '../../ui/room-choices.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TopicPicker } from '../../ui/topic-picker.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { useVisibilities, VisibilityNote } from '../../ui/visibility.tsx';

const TITLE_MAX = 120;

type StartFormProps = { id: string; onPending: (pending: boolean) => void; onStarted: () => void };

/** What a new room needs: its title. The rest is chosen already. */
export function StartForm({ id, onPending, onStarted }: StartFormProps) {
  const { t } = useLingui();
  const formats = useFormats();
  const navigate = useNavigate();
  const { sentence } = useErrorText();
  const [title, setTitle] = useState('');
  const [missing, setMissing] = useState(false);
  const [topics, setTopics] = useState<TopicId[]>([]);
  const [locale, setLocale] = useState<Locale>(formats.locale);
  const [visibility, setVisibility] = useState<Visibility>('open');
  const [description, setDescription] = useState('');
  const [lobby, setLobby] = useState(false);
  const [ledger, setLedger] = useState(true);
  const visibilities = useVisibilities();
  // The same key for every try of this sheet: a retry finds the room that a lost answer already opened.
  const [key] = useState(newKey);
  const start = useMutation({
    mutationFn: () =>
      rpc.room.start({ title: title.trim(), description, topics, locale, visibility, lobby, ledger, key }),
    onMutate: () => onPending(true),
    onSettled: () => onPending(false),
    onSuccess: ({ roomId }) => {
      onStarted();
      void navigate({ to: '/rooms/$roomId', params: { roomId } });
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (title.trim() === '') return setMissing(true);
    start.mutate();
  }

  return (
    <form id={id} onSubmit={submit} noValidate className="grid gap-5 pt-2">
      <Field
        label={<Trans>What do you want to talk about?</Trans>}
        placeholder={t`For example: coffee and the week’s news`}
        value={title}
        maxLength={TITLE_MAX}
        autoComplete="off"
        error={missing ? <Trans>Give the room a title, so that people know what to expect.</Trans> : undefined}
        onChange={(event) => {
          setTitle(event.target.value);
          setMissing(false);
        }}
      />
      <div className="grid gap-2">
        <Segmented
          label={t`Who may come in`}
          labelShown
          options={visibilities}
          value={visibility}
          onChange={setVisibility}
        />
        <p className="text-s text-ink-soft" aria-live="polite">
          <VisibilityNote visibility={visibility} />
        </p>
      </div>
      <TopicPicker value={topics} onChange={setTopics} />
      <Segmented
        label={t`Language of the room`}
        labelShown
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        value={locale}
        onChange={setLocale}
      />
      <LobbyChoice value={lobby} onChange={setLobby} />
      <TextField
        label={<Trans>Description</Trans>}
        rows={2}
        value={description}
        maxLength={DESCRIPTION_MAX}
        onChange={(event) => setDescription(event.target.value)}
      />
      <LedgerChoice value={ledger} onChange={setLedger} />
      <p role="alert" className="text-danger empty:hidden">
        {start.error ? sentence(start.error) : null}
      </p>
    </form>
  );
}

/** `crypto.randomUUID` is missing where the page has no secure context; this is not. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
