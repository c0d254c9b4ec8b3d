import { Trans } from '@lingui/react/macro';
import { type PersonCard, PICTURE_MAX_BYTES } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Camera, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { meOptions, usePerson } from '../me.ts';
import { query, rpc } from '../rpc.ts';
import { Button } from './button.tsx';
import { Face } from './face.tsx';
import { PictureCrop } from './picture-crop.tsx';
import { useErrorText } from './use-error-text.ts';

/** One's own picture: choose one and the square of it that is seen; or go back to initials. */
export function PicturePicker() {
  const person = usePerson();
  const client = useQueryClient();
  const { sentence } = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const [opened, setOpened] = useState<ImageBitmap | null>(null);

  const save = useMutation({
    mutationFn: (picture: File | null) => (picture ? rpc.profile.setPicture({ picture }) : rpc.profile.removePicture()),
    onSuccess: (next: PersonCard) => {
      client.setQueryData(meOptions().queryKey, (me) => (me ? { ...me, person: next } : me));
      void client.invalidateQueries({ queryKey: query.profile.key() });
    },
    onSettled: () => close(),
  });

  function close() {
    opened?.close();
    setOpened(null);
  }

  async function choose(file: File | undefined) {
    if (!file) return;
    setTooLarge(false);
    const picture = await createImageBitmap(file).catch(() => null);
    if (picture) return setOpened(picture);
    // What this browser can't show, the server may: it chooses the square itself.
    const fits = file.size <= PICTURE_MAX_BYTES;
    setTooLarge(!fits);
    if (fits) save.mutate(file);
  }

  return (
    <div className="flex items-center gap-5">
      <Face person={person} size="xl" />
      <div className="grid justify-items-start gap-2">
        <input
          ref={input}
          type="file"
          accept="image/*"
          className="sr-only"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        {opened && (
          <PictureCrop
            picture={opened}
            busy={save.isPending}
            onCancel={close}
            onDone={(picture) => save.mutate(picture)}
          />
        )}
        <Button busy={save.isPending} onClick={() => input.current?.click()}>
          <Camera size={18} strokeWidth={1.9} aria-hidden="true" />
          {person.picture ? <Trans>Another picture</Trans> : <Trans>Choose a picture</Trans>}
        </Button>
        {person.picture && (
          <Button kind="plain" disabled={save.isPending} onClick={() => save.mutate(null)}>
            <Trash2 size={18} strokeWidth={1.9} aria-hidden="true" />
            <Trans>Use initials</Trans>
          </Button>
        )}
        <p role="alert" className="text-s text-danger empty:hidden">
          {tooLarge ? (
            <Trans>This picture is larger than 8 MB. Choose a smaller one.</Trans>
          ) : save.error ? (
            sentence(save.error)
          ) : null}
        </p>
      </div>
    </div>
  );
}
