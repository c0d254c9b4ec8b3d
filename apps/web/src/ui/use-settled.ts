import { useEffect, useState } from 'react';

const SETTLE_MS = 300;

/** What somebody writes or chooses, once they pause: for asking the server. */
export function useSettled<Value>(value: Value, pauseMs = SETTLE_MS): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
