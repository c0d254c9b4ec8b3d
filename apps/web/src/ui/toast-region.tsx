import { Toast } from '@base-ui/react/toast';
import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Notice } from './toast.tsx';

const manager = Toast.createToastManager();
/** Notices from before the region stood; the manager keeps none for later. */
const early: (() => void)[] = [];
let standing = false;

export function add({ title, detail, kind = 'info', action, timeoutMs = 5_000 }: Notice): () => void {
  let id: string | undefined;
  const show = () => {
    id = manager.add({
      title,
      description: detail,
      type: kind,
      priority: kind === 'error' ? 'high' : 'low',
      timeout: timeoutMs,
      actionProps: action && { children: action.label, onClick: action.onSelect },
    });
  };
  if (standing) show();
  else early.push(show);
  return () => {
    if (id) manager.close(id);
  };
}

export function Region() {
  useEffect(() => {
    standing = true;
    for (const show of early.splice(0)) show();
  }, []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { toasts } = Toast.useToastManager();
  const { t } = useLingui();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={['down', 'right']}>
      <Toast.Content className="flex flex-1 items-center gap-2">
        <div className="min-w-0 flex-1">
          <Toast.Title className="font-semibold" render={<p />} />
          <Toast.Description className="text-s opacity-85" />
        </div>
        {toast.actionProps && <Toast.Action className="btn btn-plain underline underline-offset-4" />}
        <Toast.Close className="btn btn-plain btn-round" aria-label={t`Close`}>
          <X size={18} strokeWidth={1.9} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
