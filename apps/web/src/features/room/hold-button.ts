import { useLingui } from '@lingui/react/macro';
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import type { PushToTalk } from '../../media/push-to-talk.ts';

const WORKS = new Set(['Space', 'Enter']);

/** What makes a button one that is held: by finger, mouse or key; a screen reader's press turns it on and off. */
export function holdHandlers(talk: PushToTalk, toggle: () => void) {
  const letGo = () => {
    talk.release('button');
    talk.release('button-key');
  };
  return {
    onPointerDown(event: PointerEvent<HTMLButtonElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      talk.press('button');
    },
    onPointerUp: () => talk.release('button'),
    onPointerCancel: letGo,
    onLostPointerCapture: () => talk.release('button'),
    onKeyDown(event: KeyboardEvent) {
      if (!WORKS.has(event.code)) return;
      event.preventDefault();
      talk.press('button-key');
    },
    onKeyUp(event: KeyboardEvent) {
      if (!WORKS.has(event.code)) return;
      event.preventDefault();
      talk.release('button-key');
    },
    onBlur: letGo,
    // A long press would open a menu.
    onContextMenu: (event: MouseEvent) => event.preventDefault(),
    onClick: (event: MouseEvent) => {
      if (event.detail === 0) toggle();
    },
  };
}

/** What the button says while it is one to be held. */
export function useHoldLabel(open: boolean): string {
  const { t } = useLingui();
  return open ? t`Live while you hold. Let go to mute` : t`Muted. Hold to talk`;
}
