import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/index.ts';
import { canTalkWith } from './hold-keys.ts';

/** The key that is held to talk, and another one. */
export function TalkKey({ code, onChoose }: { code: string; onChoose: (code: string) => void }) {
  const { t } = useLingui();
  const [choosing, setChoosing] = useState(false);
  const [refused, setRefused] = useState(false);
  const name = useKeyName()(code);

  useEffect(() => {
    if (!choosing) return;
    const listen = (event: KeyboardEvent) => {
      if (event.code === 'Tab') return;
      event.preventDefault();
      event.stopPropagation();
      if (event.code !== 'Escape' && !canTalkWith(event)) return setRefused(true);
      setChoosing(false);
      if (event.code !== 'Escape') onChoose(event.code);
    };
    // Before the sheet, which Escape would close.
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [choosing, onChoose]);

  return (
    <div className="grid gap-1.5" data-talk-key={code}>
      <Button
        onBlur={() => setChoosing(false)}
        onClick={() => {
          setRefused(false);
          setChoosing(true);
        }}
      >
        {choosing ? <Trans>Press the key you want to hold…</Trans> : <Trans>Key: {name}. Choose another</Trans>}
      </Button>
      <p aria-live="polite" className="text-s text-ink-soft empty:hidden">
        {choosing && refused ? t`This key has another use here. Press another one, or Escape to keep ${name}.` : null}
      </p>
    </div>
  );
}

/** A key as it is printed on most keyboards, by `KeyboardEvent.code`. */
export function useKeyName(): (code: string) => string {
  const { t } = useLingui();
  return (code) =>
    code === 'Space'
      ? t({ message: 'Space', comment: 'The space bar of a keyboard' })
      : code.replace(/^(?:Key|Digit)/, '').replace(/([a-z])([A-Z0-9])/g, '$1 $2');
}
