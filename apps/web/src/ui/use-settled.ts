import { useEffect, useState } from 'react';

const SETTLE_MS = 300;

/** What somebody writes, once they pause: for asking the server. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
