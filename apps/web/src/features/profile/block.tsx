import { Trans } from '@lingui/react/macro';
import type { PersonCard } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { firstName } from '../../ui/formats.ts';
import { Dialog } from '../../ui/sheet.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

type Somebody = Pick<PersonCard, 'id' | 'name'>;
type BlockDialogProps = { person: Somebody; open: boolean; onOpenChange: (open: boolean) => void };

/** Asks once more, and says what a block does. */
export function BlockDialog({ person, open, onOpenChange }: BlockDialogProps) {
  const client = useQueryClient();
  const { tell } = useErrorText();
  const name = firstName(person.name);
  const block = useMutation({
    mutationFn: () => rpc.block.block({ accountId: person.id }),
    onSuccess: () => {
      onOpenChange(false);
      // Rooms, lists and profiles all look different now.
      return client.invalidateQueries();
    },
    onError: tell,
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={<Trans>Block {name}?</Trans>}
      footer={
        <>
          <Button className="flex-1" onClick={() => onOpenChange(false)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button kind="danger" className="flex-1" busy={block.isPending} onClick={() => block.mutate()}>
            <Trans>Block</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          You stop following each other, and rooms with {name} on stage leave your hallway. {name} is not told. You can
          unblock any time.
        </Trans>
      </p>
    </Dialog>
  );
}

export function useUnblock(person: Somebody) {
  const client = useQueryClient();
  const { tell } = useErrorText();
  return useMutation({
    mutationFn: () => rpc.block.unblock({ accountId: person.id }),
    onSuccess: () => client.invalidateQueries(),
    onError: tell,
  });
}
