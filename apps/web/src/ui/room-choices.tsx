import { Trans, useLingui } from '@lingui/react/macro';
import { Segmented } from './segmented.tsx';

type Props = { value: boolean; onChange: (value: boolean) => void };

/** Whether whoever comes waits to be let in, of a new room and of one that is live. */
export function LobbyChoice({ value, onChange }: Props) {
  const { t } = useLingui();
  return (
    <Segmented
      label={t`The lobby`}
      labelShown
      options={[
        { value: 'off', label: t({ message: 'Off', comment: 'The lobby of the room' }) },
        { value: 'on', label: t({ message: 'On', comment: 'The lobby of the room' }) },
      ]}
      value={value ? 'on' : 'off'}
      onChange={(choice) => onChange(choice === 'on')}
      note={
        value ? (
          <Trans>
            Whoever comes waits until a moderator lets them in. People called from the stage come straight in.
          </Trans>
        ) : (
          <Trans>Nobody has to wait to be let in.</Trans>
        )
      }
    />
  );
}

/** Whether speaking time is measured. */
export function LedgerChoice({ value, onChange }: Props) {
  const { t } = useLingui();
  return (
    <Segmented
      label={t`Speaking time`}
      labelShown
      options={[
        { value: 'measured', label: t({ message: 'Measured', comment: 'Speaking time in the room' }) },
        { value: 'not', label: t({ message: 'Not measured', comment: 'Speaking time in the room' }) },
      ]}
      value={value ? 'measured' : 'not'}
      onChange={(choice) => onChange(choice === 'measured')}
      note={
        value ? (
          <Trans>Everybody in the room sees who spoke for how long.</Trans>
        ) : (
          <Trans>No minutes are kept, and hands can’t be ordered by them.</Trans>
        )
      }
    />
  );
}
