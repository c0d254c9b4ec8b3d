import { Trans, useLingui } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { firstName } from '../../ui/formats.ts';
import { Dialog } from '../../ui/sheet.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

type RemoveFollowerProps = {
  person: Pick<PersonCard, 'id' | 'name'>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Asks once more before somebody follows no longer. */
export function RemoveFollowerDialog({ person, open, onOpenChange }: RemoveFollowerProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { tell } = useErrorText();
  const name = firstName(person.name);
  const remove = useMutation({
    mutationFn: () => rpc.follow.removeFollower({ accountId: person.id }),
    onSuccess: () => {
      onOpenChange(false);
      notify({ title: t`${name} no longer follows you` });
      return Promise.all([
        client.invalidateQueries({ queryKey: query.follow.key() }),
        client.invalidateQueries({ queryKey: query.profile.key() }),
      ]);
    },
    onError: tell,
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={<Trans>Remove {name} as a follower?</Trans>}
      footer={
        <>
          <Button className="flex-1" onClick={() => onOpenChange(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button kind="danger" className="flex-1" busy={remove.isPending} onClick={() => remove.mutate()}>
            <Trans>Remove the follower</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>{name} is not told, and can follow you again. To keep somebody away, block them.</Trans>
      </p>
    </Dialog>
  );
}
