import type { ConversationRow } from '#libs/contracts/index.js';

export interface FrozenRows {
  /** What to show: the old places with the newest contents. */
  rows: ConversationRow[];
  /** How many rows wait for a new place: new ones, and those that would move. */
  news: number;
  /** Rows that have left the list and are only kept so that nothing jumps under the pointer. */
  gone: ReadonlySet<string>;
}

/** While somebody points at a row no row may move: places stay as `before` had them, contents stay live. */
export function freezeOrder(before: ConversationRow[], now: ConversationRow[]): FrozenRows {
  const current = new Map(now.map((row) => [row.id, row]));
  const shown = new Set(before.map((row) => row.id));
  const gone = new Set<string>();
  const rows = before.map((row) => {
    const fresh = current.get(row.id);
    if (!fresh) gone.add(row.id);
    return fresh ?? row;
  });
  const lastShown = now.findLastIndex((row) => shown.has(row.id));
  // Rows behind everything shown are the next page, which may grow at the end without moving anything.
  const appended = now.slice(lastShown + 1);
  const arrived = now.slice(0, lastShown + 1).filter((row) => !shown.has(row.id)).length;
  const stayed = rows.filter((row) => !gone.has(row.id));
  const places = now.filter((row) => shown.has(row.id));
  const moved = movedUp(
    stayed.map((row) => row.id),
    places.map((row) => row.id),
  );
  return { rows: [...rows, ...appended], news: arrived + moved + gone.size, gone };
}

/** How many ids stand further up than before, once those that merely slid down behind them are left out. */
function movedUp(before: string[], now: string[]): number {
  const old = new Map(before.map((id, index) => [id, index]));
  let lowest = Number.POSITIVE_INFINITY;
  let moved = 0;
  for (const id of now.toReversed()) {
    const index = old.get(id) ?? 0;
    if (index > lowest) moved += 1;
    else lowest = index;
  }
  return moved;
}
