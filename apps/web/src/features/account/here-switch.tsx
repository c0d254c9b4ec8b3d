import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { query, rpc } from '../../rpc.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

/** Whether one's mutuals see that one has the app open. */
export function HereSwitch() {
  const { t } = useLingui();
  const client = useQueryClient();
  const { tell } = useErrorText();
  const options = query.wave.shown.queryOptions();
  const { data } = useQuery(options);
  if (!data) return null;

  async function choose(shown: boolean) {
    client.setQueryData(options.queryKey, { shown });
    try {
      await rpc.wave.setShown({ shown });
    } catch (error) {
      client.setQueryData(options.queryKey, { shown: !shown });
      tell(error);
    }
  }

  return (
    <Segmented
      label={t`Show when I am here`}
      labelShown
      options={[
        { value: 'yes', label: t({ message: 'Yes', comment: 'Show when I am here' }) },
        { value: 'no', label: t({ message: 'No', comment: 'Show when I am here' }) },
      ]}
      value={data.shown ? 'yes' : 'no'}
      onChange={(value) => void choose(value === 'yes')}
      note={<Trans>Only people whom you follow and who follow you see it, and can wave at you.</Trans>}
    />
  );
}
