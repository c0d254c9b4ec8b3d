import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

/** Nearer to the end than this is at the end. */
const NEAR_PX = 48;
/** Older pages are asked for before one gets to the first message. */
const SOON_PX = 240;

/**
 * The scroll position of a list that grows at both ends: whoever is at the end stays there, everybody else stays where
 * they are. `firstId` is the oldest that is shown; `chat` and `outgoing` change with what the list holds; `placed` once
 * it is known where the new ones begin.
 */
export function useScroll(options: {
  firstId: number | undefined;
  chat: unknown;
  outgoing: unknown;
  placed: boolean;
  onTop(): void;
  onEnd(): void;
}) {
  const { firstId, chat, outgoing, placed } = options;
  const list = useRef<HTMLDivElement>(null);
  const before = useRef<{ firstId: number | undefined; height: number } | null>(null);
  const end = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const reachEnd = useEffectEvent(options.onEnd);

  function keepAtEnd(box: HTMLElement) {
    box.scrollTop = box.scrollHeight;
    reachEnd();
  }

  const settle = useEffectEvent((box: HTMLElement) => {
    const was = before.current;
    if (was === null) {
      // The first new message stands in sight when the list opens.
      const divider = box.querySelector<HTMLElement>('[data-new-messages]');
      box.scrollTop = divider ? divider.offsetTop - box.offsetTop - NEAR_PX : box.scrollHeight;
      end.current = isAtEnd(box);
      setAtEnd(end.current);
      if (end.current) reachEnd();
    } else if (end.current) keepAtEnd(box);
    else if (was.firstId !== firstId) box.scrollTop += box.scrollHeight - was.height;
    before.current = { firstId, height: box.scrollHeight };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say that the list is another one
  useLayoutEffect(() => {
    if (list.current && firstId !== undefined && placed) settle(list.current);
  }, [firstId, chat, outgoing, placed]);

  return {
    list,
    atEnd,
    onScroll() {
      const box = list.current;
      if (!box) return;
      end.current = isAtEnd(box);
      setAtEnd(end.current);
      if (end.current) options.onEnd();
      if (box.scrollTop < SOON_PX) options.onTop();
    },
    toEnd() {
      if (!list.current) return;
      list.current.scrollTop = list.current.scrollHeight;
    },
    /** Brings a message into sight and gives it the focus. */
    show(id: number) {
      const row = list.current?.querySelector<HTMLElement>(`[data-message="${id}"]`);
      row?.scrollIntoView({ block: 'center' });
      row?.focus({ preventScroll: true });
    },
  };
}

const isAtEnd = (box: HTMLElement) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
