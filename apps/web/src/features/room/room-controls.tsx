import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { DoorOpen, Hand } from 'lucide-react';
import { BottomBar, Button } from '../../ui/index.ts';
import { HandButton } from './hand-button.tsx';
import { MicrophoneButton } from './microphone-button.tsx';
import { ownSeat } from './room-state.ts';
import { useHands } from './use-hands.ts';
import { useRoom } from './use-room.ts';

type Props = {
  onLeave: () => void;
  onHands: () => void;
  /** The raised hands stand beside the room already. */
  handsShown: boolean;
};

/** The thumb's bar: leave at the left; hand, or hands and microphone, at the right. */
export function RoomControls({ onLeave, onHands, handsShown }: Props) {
  const onStage = useRoom((state) => ownSeat(state) !== undefined);
  return (
    <BottomBar>
      <Button kind="leave" className="shrink-0" onClick={onLeave}>
        <DoorOpen size={18} strokeWidth={1.9} />
        <Trans>Leave quietly</Trans>
      </Button>
      <span className="flex min-w-0 items-center gap-2">
        {onStage ? (
          <>
            {!handsShown && <HandsButton onHands={onHands} />}
            <MicrophoneButton />
          </>
        ) : (
          <HandButton />
        )}
      </span>
    </BottomBar>
  );
}

function HandsButton({ onHands }: Pick<Props, 'onHands'>) {
  const { t } = useLingui();
  const count = useHands().length;
  return (
    <Button
      shape="big"
      className="relative"
      aria-label={t`Raised hands: ${plural(count, { one: '# person', other: '# people' })}`}
      onClick={onHands}
    >
      <Hand size={20} strokeWidth={1.9} />
      {count > 0 && (
        <b className="absolute -top-1 -right-1 grid h-6 min-w-6 place-items-center rounded-pill bg-lamp px-1 text-s text-on-lamp tabular-nums">
          {count}
        </b>
      )}
    </Button>
  );
}
