import { Trans } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { query, rpc } from '../../rpc.ts';
import { PersonRow } from '../../ui/person-row.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

/** Who brought one, and whether one's profile says so. */
export function NominatorChoice({ person, shown }: { person: PersonCard; shown: boolean }) {
  const client = useQueryClient();
  const { tell } = useErrorText();
  const choose = useMutation({
    mutationFn: (next: boolean) => rpc.invite.showNominator({ shown: next }),
    onSuccess: () => client.invalidateQueries({ queryKey: query.invite.mine.key() }),
    onError: tell,
  });
  const on = choose.isPending ? choose.variables : shown;
  return (
    <section className="grid gap-1">
      <h2 className="text-l">
        <Trans>Who brought you</Trans>
      </h2>
      <PersonRow person={person} />
      <label className="flex min-h-touch items-center gap-3">
        <input
          type="checkbox"
          className="size-5 accent-lamp"
          checked={on}
          onChange={(event) => choose.mutate(event.target.checked)}
        />
        <Trans>Say so on my profile</Trans>
      </label>
    </section>
  );
}
