import { Trans } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useAbout, useMe, useSetMe } from '../../me.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';

/** An account of one's own, where this server's door is open; nothing where it is not. */
export function JoinHere() {
  const about = useAbout();
  const me = useMe();
  const setMe = useSetMe();
  const navigate = useNavigate();
  const { busy, run } = useAction();
  if (about?.signUp !== 'open' || (me && !me.guest)) return null;
  const server = about.name;

  // Whoever is signed in as a guest would be taken back to their room.
  const join = () =>
    run(async () => {
      if (me) await rpc.account.signOut();
      await setMe(null);
      await navigate({ to: '/sign-in' });
    });

  return (
    <Button busy={busy} onClick={() => void join()}>
      <UserPlus size={18} strokeWidth={1.9} aria-hidden="true" />
      <Trans>Join {server}</Trans>
    </Button>
  );
}
