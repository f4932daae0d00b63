import { useMemo, useState } from 'react';
import type { ConversationRow } from '#libs/contracts/index.js';
import { freezeOrder, type FrozenRows } from '../frozen-order.js';

/** Places stand still while `frozen`; `release` lets everything move once. */
export function useFrozenRows(rows: ConversationRow[], frozen: boolean): FrozenRows & { release: () => void } {
  const [places, setPlaces] = useState(rows);
  if (!frozen && places !== rows) setPlaces(rows);
  const shown = useMemo(() => freezeOrder(frozen ? places : rows, rows), [frozen, places, rows]);
  return { ...shown, release: () => setPlaces(rows) };
}
