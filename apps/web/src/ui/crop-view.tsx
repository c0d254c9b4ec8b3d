import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { type Crop, cropBox, dragged, fitted, mostZoom, zoomed } from './crop.ts';

const STEP = 12;
const KEYS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};
const ZOOM_STEP = 1.15;
/** Enough for the sharpest screens. */
const PIXELS = 576;

type CropViewProps = {
  picture: ImageBitmap;
  crop: Crop;
  /** From what it is by then: keys and fingers come faster than the screen is drawn. */
  onCrop: (change: (crop: Crop) => Crop) => void;
};

/** A square window on a picture: drag, pinch, turn the wheel, or use arrows, plus and minus. */
export function CropView({ picture, crop, onCrop }: CropViewProps) {
  const { t } = useLingui();
  const view = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const fingers = useFingers();
  const change = useRef(onCrop);
  change.current = onCrop;
  const most = mostZoom(picture);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { left, top, side } = cropBox(crop, picture);
    context.imageSmoothingQuality = 'high';
    context.fillStyle = '#fff';
    context.fillRect(0, 0, PIXELS, PIXELS);
    context.drawImage(picture, left, top, side, side, 0, 0, PIXELS, PIXELS);
  }, [crop, picture]);

  // React's own listener for wheels is passive: the page would scroll too.
  useEffect(() => {
    const target = view.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const place = placeIn(event);
      change.current((now) => zoomed(now, picture, { zoom: now.zoom * 1.002 ** -event.deltaY, ...place }));
    };
    target?.addEventListener('wheel', turn, { passive: false });
    return () => target?.removeEventListener('wheel', turn);
  }, [picture]);

  function move(event: PointerEvent<HTMLDivElement>) {
    const moved = fingers.move(event);
    if (!moved) return;
    const by = { ...moved.by, view: event.currentTarget.clientWidth };
    const place = placeIn(event);
    onCrop((now) => {
      const panned = dragged(now, picture, by);
      return moved.spread === 1 ? panned : zoomed(panned, picture, { zoom: panned.zoom * moved.spread, ...place });
    });
  }

  function press(event: KeyboardEvent) {
    const by = KEYS[event.key];
    const factor = event.key === '+' || event.key === '=' ? ZOOM_STEP : event.key === '-' ? 1 / ZOOM_STEP : null;
    if (!by && !factor) return;
    event.preventDefault();
    if (by) onCrop((now) => dragged(now, picture, { ...by, view: 300 }));
    if (factor) onCrop((now) => zoomed(now, picture, { zoom: now.zoom * factor }));
  }

  return (
    <div className="grid justify-items-center gap-4">
      <div
        ref={view}
        // A picture that one handles: neither a button nor a slider says that.
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        aria-label={t`Your picture. Arrow keys move it, plus and minus change its size.`}
        className="aspect-square w-full max-w-72 cursor-move touch-none overflow-hidden rounded-face bg-sunken select-none"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          fingers.down(event);
        }}
        onPointerMove={move}
        onPointerUp={fingers.up}
        onPointerCancel={fingers.up}
        onKeyDown={press}
      >
        <canvas ref={canvas} width={PIXELS} height={PIXELS} className="pointer-events-none size-full" />
      </div>
      <label className="grid w-full max-w-72 gap-1">
        <span className="font-semibold">
          <Trans>Size</Trans>
        </span>
        <input
          type="range"
          className="min-h-touch w-full accent-lamp"
          min={1}
          max={most}
          step={0.01}
          disabled={most === 1}
          value={crop.zoom}
          onChange={({ target }) => {
            const zoom = Number(target.value);
            onCrop((now) => fitted(zoomed(now, picture, { zoom }), picture));
          }}
        />
      </label>
    </div>
  );
}

/** Where in the window, in shares of it from its middle. */
function placeIn(event: { clientX: number; clientY: number; currentTarget: EventTarget | null }) {
  const view = event.currentTarget instanceof HTMLElement ? event.currentTarget.getBoundingClientRect() : null;
  if (!view) return {};
  return { x: (event.clientX - view.left) / view.width - 0.5, y: (event.clientY - view.top) / view.height - 0.5 };
}

type Place = { x: number; y: number };

/** Up to two fingers: how far their middle went, and how much farther apart they are. */
function useFingers() {
  const [places] = useState(() => new Map<number, Place>());
  const middle = () => {
    const all = [...places.values()];
    const sum = all.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
    return { x: sum.x / all.length, y: sum.y / all.length };
  };
  const spread = () => {
    const [one, other] = [...places.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };
  return {
    down(event: PointerEvent) {
      if (places.size < 2) places.set(event.pointerId, { x: event.clientX, y: event.clientY });
    },
    up(event: PointerEvent) {
      places.delete(event.pointerId);
    },
    move(event: PointerEvent): { by: Place; spread: number } | null {
      if (!places.has(event.pointerId)) return null;
      const [from, apart] = [middle(), spread()];
      places.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const to = middle();
      return { by: { x: to.x - from.x, y: to.y - from.y }, spread: apart > 0 ? spread() / apart : 1 };
    },
  };
}
