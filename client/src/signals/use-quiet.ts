import { useEffect, useReducer } from 'react';
import { usePreferences } from '../settings/preferences.js';

/** The longest a timer can be set for is 24 days; it looks again then. */
const LONGEST_MS = 2 ** 31 - 1;

/** おやすみ: she wants to hear of nothing for a while. Ends by itself. */
export function useQuiet(): boolean {
  const { quietUntil } = usePreferences();
  const [, look] = useReducer((times: number) => times + 1, 0);
  const until = quietUntil === null ? 0 : Date.parse(quietUntil);
  useEffect(() => {
    const left = until - Date.now();
    if (left <= 0) return undefined;
    const timer = setTimeout(look, Math.min(LONGEST_MS, left + 50));
    return () => clearTimeout(timer);
  }, [until]);
  return until > Date.now();
}
