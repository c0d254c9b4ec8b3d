import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';

export type MenuEntry = {
  label: ReactNode;
  icon?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
};

export type MenuProps = {
  /** The button that opens it, with its own accessible name. */
  trigger: ReactElement;
  entries: (MenuEntry | null | false)[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
};

/** A short list of commands under a button; arrows, letters and Escape work. */
export function Menu({ trigger, entries, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="z-[60]" align={align} side={side} sideOffset={8} collisionPadding={12}>
          <Base.Popup className="menu">
            {entries.map(
              (entry, index) =>
                entry && (
                  <Base.Item
                    // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own
                    key={index}
                    className={`menu-item ${entry.danger ? 'menu-item-danger' : ''}`}
                    disabled={entry.disabled ?? false}
                    onClick={entry.onSelect}
                  >
                    {entry.icon && <span aria-hidden="true">{entry.icon}</span>}
                    {entry.label}
                  </Base.Item>
                ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
