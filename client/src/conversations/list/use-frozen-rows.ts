import { useMemo, useState } from 'react';
import type { ConversationRow } from '#libs/contracts/index.js';
import { freezeOrder, type FrozenRows } from '../frozen-order.js';

/** Places stand still while `frozen`; `release` lets everything move once. */
export function useFrozenRows(rows: ConversationRow[], frozen: boolean): FrozenRows & { release: () => void } {
  const order = useMemo(() => rows.map((row) => row.id), [rows]);
  const [kept, setKept] = useState(order);
  if (!frozen && kept !== order) setKept(order);
  const shown = useMemo(() => freezeOrder(frozen ? kept : order, rows), [frozen, kept, order, rows]);
  return { ...shown, release: () => setKept(order) };
}
