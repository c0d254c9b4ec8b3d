import { type ReactNode, Suspense, useState } from 'react';
import { lazyPart } from '../new-build.ts';

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Stays at the bottom while the content scrolls. */
  footer?: ReactNode;
};

const Modal = lazyPart(
  async () => (await import('./modal.tsx')).Modal,
  () => null,
);

/** Comes up from the bottom on a phone, stands in the middle on a wide screen. Focus is kept inside; Escape closes. */
export function Sheet(props: SheetProps) {
  return <WhenOpened {...props} shape="sheet" />;
}

/** A short question in the middle of the screen. */
export function Dialog(props: SheetProps) {
  return <WhenOpened {...props} shape="dialog" />;
}

function WhenOpened(props: SheetProps & { shape: 'sheet' | 'dialog' }) {
  const [wanted, setWanted] = useState(props.open);
  if (props.open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense>
      <Modal {...props} />
    </Suspense>
  );
}
