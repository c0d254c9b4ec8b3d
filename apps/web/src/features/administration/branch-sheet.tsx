import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { AccountId, Branch, BranchAct, BranchActKind } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CirclePause, Eye, Undo2, UserX } from 'lucide-react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { type BranchTree, treeOf } from './branch-layout.ts';
import { BranchPicture } from './branch-picture.tsx';

type Props = { root: AccountId | null; onClose: () => void };

/** One branch: at a glance, by name, and what can be done about all of it at once. */
export function BranchSheet({ root, onClose }: Props) {
  return (
    <Sheet
      open={root !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={<Trans>Who came by whom</Trans>}
    >
      {root && <Content root={root} />}
    </Sheet>
  );
}

function Content({ root }: { root: AccountId }) {
  const { sentence } = useErrorText();
  const { data, error } = useQuery(query.invite.branch.queryOptions({ input: { accountId: root }, staleTime: 0 }));
  const tree = data && treeOf(data.nodes);
  if (error)
    return (
      <p role="alert" className="text-danger">
        {sentence(error)}
      </p>
    );
  if (!tree)
    return (
      <Wait>
        <Trans>Opening…</Trans>
      </Wait>
    );
  return (
    <div className="grid gap-5 pb-2">
      <BranchPicture tree={tree} />
      <Acts root={root} branch={data} />
      <ul>
        <Twig tree={tree} />
      </ul>
      {data.more && (
        <p className="text-s text-ink-soft">
          <Trans>There are more than are shown. An act meets all of them.</Trans>
        </p>
      )}
    </div>
  );
}

function Twig({ tree: { node, children } }: { tree: BranchTree }) {
  const states = {
    member: node.review ? <Trans>under review</Trans> : null,
    waiting: <Trans>waits</Trans>,
    paused: <Trans>paused</Trans>,
    removed: <Trans>removed</Trans>,
    leaving: <Trans>asked to be deleted</Trans>,
    gone: null,
  };
  const state = states[node.status];
  return (
    <li className="py-1">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className={node.person ? 'font-semibold' : 'text-ink-soft'}>
          {node.person?.name ??
            (node.status === 'gone' ? <Trans>Somebody who left</Trans> : <Trans>Somebody without a name yet</Trans>)}
        </span>
        {state && <span className="text-s text-ink-soft">{state}</span>}
      </span>
      {children.length > 0 && (
        <ul className="ms-1.5 border-s border-line ps-4">
          {children.map((child) => (
            <Twig key={child.node.id} tree={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Acts({ root, branch }: { root: AccountId; branch: Branch }) {
  const client = useQueryClient();
  const { t } = useLingui();
  const { tell } = useErrorText();
  const again = () => client.invalidateQueries({ queryKey: query.invite.branch.key() });
  const undo = useMutation({
    mutationFn: (act: BranchAct) => rpc.invite.undoAct({ id: act.id }),
    onSuccess: again,
    onError: tell,
  });
  const act = useMutation({
    mutationFn: (kind: BranchActKind) => rpc.invite.actOnBranch({ accountId: root, kind }),
    onSuccess: (made) => {
      void again();
      notify({ title: t`Done`, action: { label: t`Undo`, onSelect: () => undo.mutate(made) } });
    },
    onError: tell,
  });
  const icon = { size: 18, strokeWidth: 1.9, 'aria-hidden': true } as const;
  return (
    <div className="grid gap-3">
      <p className="text-s text-ink-soft">
        <Plural
          value={branch.nodes.length}
          one="One person. What you do here is for this person."
          other="# people. What you do here is for all of them, but for administrators."
        />
      </p>
      <div className="flex flex-wrap gap-2">
        <Button busy={act.isPending} onClick={() => act.mutate('review')}>
          <Eye {...icon} />
          <Trans>Review</Trans>
        </Button>
        <Button busy={act.isPending} onClick={() => act.mutate('pause')}>
          <CirclePause {...icon} />
          <Trans>Pause</Trans>
        </Button>
        <Button kind="leave" busy={act.isPending} onClick={() => act.mutate('remove')}>
          <UserX {...icon} />
          <Trans>Remove</Trans>
        </Button>
      </div>
      <p className="text-s text-ink-soft">
        <Trans>Under review people stay, and bring nobody. Paused and removed people are out at once.</Trans>
      </p>
      {branch.acts.map((one) => (
        <Standing key={one.id} act={one} busy={undo.isPending} onUndo={() => undo.mutate(one)} />
      ))}
    </div>
  );
}

function Standing({ act, busy, onUndo }: { act: BranchAct; busy: boolean; onUndo: () => void }) {
  const { i18n } = useLingui();
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(act.at);
  const words = {
    pause: <Trans>Paused on {day}</Trans>,
    review: <Trans>Under review since {day}</Trans>,
    remove: <Trans>Removed on {day}</Trans>,
  };
  return (
    <p
      className="flex min-h-touch flex-wrap items-center justify-between gap-2 rounded-m bg-lamp-soft px-4 py-2"
      data-act={act.kind}
    >
      <span>
        {words[act.kind]} · <Plural value={act.people} one="one person" other="# people" />
      </span>
      <Button busy={busy} onClick={onUndo}>
        <Undo2 size={18} strokeWidth={1.9} aria-hidden="true" />
        <Trans>Undo</Trans>
      </Button>
    </p>
  );
}
