import { Dialog as Base } from '@base-ui/react/dialog';
import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import type { SheetProps } from './sheet.tsx';

/** What sheets and dialogs are made of; loaded when the first one opens. */
export function Modal({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  shape,
}: SheetProps & { shape: 'sheet' | 'dialog' }) {
  const { t } = useLingui();
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={shape}>
          <header className="px-5 pt-4 pb-2">
            <div className="min-h-touch pt-2 pe-14">
              <Base.Title className="text-xl">{title}</Base.Title>
              {description && <Base.Description className="mt-1 text-ink-soft">{description}</Base.Description>}
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">{children}</div>
          {footer && <footer className="flex gap-2 border-t border-line px-5 py-3">{footer}</footer>}
          {/* Last in order, so that focus begins with what the sheet is for. */}
          <Base.Close className="modal-close btn btn-quiet btn-round" aria-label={t`Close`}>
            <X size={20} strokeWidth={1.9} />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
