import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from './button.tsx';
import { type Crop, cropBox } from './crop.ts';
import { CropView } from './crop-view.tsx';
import { Sheet } from './sheet.tsx';

/** The server makes it smaller still; this leaves it something to choose from. */
const SIDE = 1024;
const QUALITY = 0.92;

type PictureCropProps = { picture: ImageBitmap; busy: boolean; onCancel: () => void; onDone: (picture: File) => void };

/** Chooses the square of a picture that everybody sees. */
export function PictureCrop({ picture, busy, onCancel, onDone }: PictureCropProps) {
  const [crop, setCrop] = useState<Crop>({ x: 0.5, y: 0.5, zoom: 1 });
  return (
    <Sheet
      open
      onOpenChange={(open) => open || onCancel()}
      title={<Trans>Choose what is seen</Trans>}
      description={<Trans>Drag the picture. Pinch or turn the wheel to make it larger.</Trans>}
      footer={
        <>
          <Button className="flex-1" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            kind="primary"
            className="flex-1"
            busy={busy}
            onClick={() => void cut(picture, crop).then((file) => file && onDone(file))}
          >
            <Trans>Use this picture</Trans>
          </Button>
        </>
      }
    >
      <CropView picture={picture} crop={crop} onCrop={setCrop} />
    </Sheet>
  );
}

async function cut(picture: ImageBitmap, crop: Crop): Promise<File | null> {
  const { left, top, side } = cropBox(crop, picture);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(SIDE, Math.max(1, Math.round(side)));
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return blob && new File([blob], 'picture.jpg', { type: blob.type });
}
