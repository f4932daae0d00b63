import { useEffect, useState } from 'react';
import { usePreferences } from '../settings/preferences.js';

/** The longest a timer can be set for is 24 days; it looks again then. */
const LONGEST_MS = 2 ** 31 - 1;

/** おやすみ: she wants to hear of nothing for a while. Ends by itself. */
export function useQuiet(): boolean {
  const { quietUntil } = usePreferences();
  const [now, look] = useState(Date.now);
  const until = quietUntil === null ? 0 : Date.parse(quietUntil);
  useEffect(() => {
    if (until === 0) return undefined;
    const left = Math.max(0, until - Date.now());
    const timer = setTimeout(() => look(Date.now()), Math.min(LONGEST_MS, left));
    return () => clearTimeout(timer);
  }, [until]);
  return until > now;
}
