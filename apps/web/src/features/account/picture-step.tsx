import { Trans } from '@lingui/react/macro';
import { usePerson } from '../../me.ts';
import { Button } from '../../ui/button.tsx';
import { PicturePicker } from '../../ui/picture-picker.tsx';

/** A picture, or the initials: both are fine. */
export function PictureStep({ onDone }: { onDone: () => void }) {
  const person = usePerson();
  return (
    <div className="grid gap-6">
      <h1 className="text-2xl">
        <Trans>Show your face?</Trans>
      </h1>
      <p className="-mt-4 text-ink-soft">
        <Trans>A picture makes a room warmer. Your initials are fine too, and you can change it any time.</Trans>
      </p>
      <PicturePicker />
      <Button kind={person.picture ? 'primary' : 'quiet'} onClick={onDone}>
        {person.picture ? <Trans>Into the hallway</Trans> : <Trans>Go on with initials</Trans>}
      </Button>
    </div>
  );
}
