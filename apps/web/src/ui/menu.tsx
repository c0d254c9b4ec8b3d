import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { lazyPart } from '../new-build.ts';

export type MenuEntry = {
  label: ReactNode;
  icon?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  /** With a line above: commands of another kind begin. */
  begins?: boolean;
  disabled?: boolean;
};

type TriggerProps = {
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  'aria-haspopup'?: 'menu';
};

export type MenuProps = {
  /** The button that opens it, with its own accessible name. */
  trigger: ReactElement<TriggerProps>;
  entries: (MenuEntry | null | false)[];
  /** A line below the commands. */
  note?: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
};

const load = () => import('./menu-popup.tsx');
const MenuPopup = lazyPart(
  async () => (await load()).MenuPopup,
  ({ trigger }: MenuProps) => trigger,
);

/** A short list of commands under a button; arrows, letters and Escape work. */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const soon = () => void load().catch(() => undefined);
  const waiting = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    onClick: () => setWanted(true),
    onPointerEnter: soon,
    onFocus: soon,
  });
  if (!wanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <MenuPopup {...props} />
    </Suspense>
  );
}
