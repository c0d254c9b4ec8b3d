import { Menu as Base } from '@base-ui/react/menu';
import type { MenuProps } from './menu.tsx';

/** The menu itself, already open: it is loaded by the first press of its button. */
export function MenuPopup({ trigger, entries, note, align = 'end', side = 'bottom' }: MenuProps) {
  return (
    <Base.Root defaultOpen modal={false}>
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
                    className={`menu-item ${entry.danger ? 'menu-item-danger' : ''} ${entry.begins ? 'menu-item-begins' : ''}`}
                    disabled={entry.disabled ?? false}
                    onClick={entry.onSelect}
                  >
                    {entry.icon && <span aria-hidden="true">{entry.icon}</span>}
                    {entry.label}
                  </Base.Item>
                ),
            )}
            {note && (
              <Base.Group>
                <Base.GroupLabel className="px-3 pt-1 pb-2 text-ink-soft text-s empty:hidden">{note}</Base.GroupLabel>
              </Base.Group>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
