import { useLingui } from '@lingui/react/macro';
import type { HandOrder } from '@salotto/contract';
import { ArrowDownWideNarrow, Check } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Button, Menu, notify } from '../../ui/index.ts';
import { useAction } from '../../ui/use-action.ts';
import { ownAbilities } from './room-state.ts';
import { useRoom, useRoomCalls, useRoomModel } from './use-room.ts';

const ORDERS: HandOrder[] = ['first_come', 'fewest_minutes', 'first_timers', 'alternate_organisations'];

/** The names of the orders, as in a menu and in the middle of a sentence alike. */
export function useOrderNames(): Record<HandOrder, string> {
  const { t } = useLingui();
  return {
    first_come: t({ message: 'first come, first called', comment: 'Order of raised hands' }),
    fewest_minutes: t({ message: 'least speaking time first', comment: 'Order of raised hands' }),
    first_timers: t({ message: 'not on stage yet first', comment: 'Order of raised hands' }),
    alternate_organisations: t({ message: 'organisations in turn', comment: 'Order of raised hands' }),
  };
}

/** In which order hands are called; moderators can change it. */
export function HandOrderLine() {
  const { t } = useLingui();
  const names = useOrderNames();
  const calls = useRoomCalls();
  const { run } = useAction();
  const moderate = useRoom((state) => ownAbilities(state).moderate);
  const order = useRoom((state) => state.room?.handOrder) ?? 'first_come';
  const measured = useRoom((state) => state.room?.ledger) ?? true;
  const name = names[order];
  const line = t`Order: ${name}`;
  if (!moderate) return <p className="text-s text-ink-soft">{line}</p>;
  return (
    <Menu
      align="start"
      trigger={
        <Button kind="quiet" className="w-full justify-start px-3.5 text-start" data-hand-order={order}>
          <ArrowDownWideNarrow size={18} strokeWidth={1.9} aria-hidden="true" />
          {line}
        </Button>
      }
      // Without minutes there is no order by them.
      note={measured ? undefined : t`Speaking time is not measured here, so it orders nothing.`}
      entries={ORDERS.filter((one) => measured || one !== 'fewest_minutes').map((one) => ({
        label: names[one],
        icon: one === order ? <Check size={18} strokeWidth={1.9} /> : <span className="w-[18px]" />,
        onSelect: () => void run(() => calls.setHandOrder(one)),
      }))}
    />
  );
}

/** Tells everybody in the room that the order of hands changed. */
export function useHandOrderNotice(): void {
  const { t } = useLingui();
  const names = useOrderNames();
  const model = useRoomModel();
  const tell = useEffectEvent((order: HandOrder) => {
    const name = names[order];
    notify({ title: t`Hands are called in a new order: ${name}.` });
  });
  useEffect(() => {
    let before = model.state().room?.handOrder;
    return model.subscribe(() => {
      const now = model.state().room?.handOrder;
      if (now && before && now !== before) tell(now);
      before = now ?? before;
    });
  }, [model]);
}
