import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { buttonLook } from './button.tsx';
import { notify } from './toast.tsx';

const FILE_MAX_BYTES = 5 * 1024 * 1024;

type FileChoiceProps = { icon: ReactNode; accept: string; onText: (text: string) => void };

/** A button that reads a text file of the person's; one that is too large says so. */
export function FileChoice({ icon, accept, onText }: FileChoiceProps) {
  const { t } = useLingui();
  async function read(file: File | undefined) {
    if (!file) return;
    if (file.size > FILE_MAX_BYTES) return notify({ title: t`This file is larger than 5 MB. Split it first.` });
    onText(await file.text());
  }
  return (
    <label className={`${buttonLook()} cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-lamp`}>
      {icon}
      <Trans>From a file</Trans>
      <input
        type="file"
        accept={accept}
        className="sr-only"
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </label>
  );
}
