import { Toast } from '@base-ui/react/toast';
import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';

const manager = Toast.createToastManager();

export type Notice = {
  title: string;
  detail?: string;
  /** Errors are announced at once. */
  kind?: 'info' | 'error';
  action?: { label: string; onSelect: () => void };
  /** 0 keeps it until it is closed. */
  timeoutMs?: number;
};

/** Shows a short message above the thumb's bar. Returns a function that takes it away. */
export function notify({ title, detail, kind = 'info', action, timeoutMs = 5_000 }: Notice): () => void {
  const id = manager.add({
    title,
    description: detail,
    type: kind,
    priority: kind === 'error' ? 'high' : 'low',
    timeout: timeoutMs,
    actionProps: action && { children: action.label, onClick: action.onSelect },
  });
  return () => manager.close(id);
}

/** Where notices appear; once in the app. */
export function ToastRegion() {
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
