import { Trans } from '@lingui/react/macro';
import { CirclePause } from 'lucide-react';
import { useSignOut } from '../../me.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

/** For somebody whom an administrator keeps out for now. */
export function PausedStep() {
  const signOut = useSignOut();
  const { tell } = useErrorText();
  return (
    <EmptyState
      level="h1"
      icon={<CirclePause size={28} strokeWidth={1.7} />}
      title={<Trans>Your account is paused</Trans>}
      action={
        <Button onClick={() => void signOut().catch(tell)}>
          <Trans>Sign out</Trans>
        </Button>
      }
    >
      <Trans>Whoever runs this server has paused it, and can open it again. Everything of yours is still there.</Trans>
    </EmptyState>
  );
}
