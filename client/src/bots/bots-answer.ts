import { useEffect } from 'react';
import type { ViewCounts } from '#libs/contracts/index.js';

const KEPT = 'madoguchi.bots';

/** Whether a bot answers at one's accounts. Until the counts are there, as it was last time at this desk: no tab comes between others. */
export function useBotsAnswer(counts: ViewCounts | undefined): boolean {
  const answer = counts === undefined ? localStorage.getItem(KEPT) !== null : counts.bot !== null;
  const known = counts !== undefined;
  useEffect(() => {
    if (!known) return;
    if (answer) localStorage.setItem(KEPT, '1');
    else localStorage.removeItem(KEPT);
  }, [known, answer]);
  return answer;
}
