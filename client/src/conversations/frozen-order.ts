import type { ConversationRow } from '#libs/contracts/index.js';

/** A place in the list. Without a row it is kept only so that nothing jumps under the pointer. */
export interface Place {
  id: string;
  row: ConversationRow | null;
}

export interface FrozenRows {
  /** What to show: the old places with the newest contents. */
  places: Place[];
  /** How many rows wait for a new place: new ones, those that would move, and places without a row. */
  news: number;
}

/**
 * While somebody points at a row no row may move: places stay as `before` had them, contents stay live. A row that has left
 * the list leaves nothing but its place: nobody tells this list any more whether she may still read it.
 */
export function freezeOrder(before: readonly string[], now: ConversationRow[]): FrozenRows {
  const current = new Map(now.map((row) => [row.id, row]));
  const shown = new Set(before);
  const places = before.map((id) => ({ id, row: current.get(id) ?? null }));
  const lastShown = now.findLastIndex((row) => shown.has(row.id));
  // Rows behind everything shown are the next page, which may grow at the end without moving anything.
  const appended = now.slice(lastShown + 1).map((row) => ({ id: row.id, row }));
  const arrived = now.slice(0, lastShown + 1).filter((row) => !shown.has(row.id)).length;
  const stayed = before.filter((id) => current.has(id));
  const moved = movedUp(
    stayed,
    now.map((row) => row.id).filter((id) => shown.has(id)),
  );
  return { places: [...places, ...appended], news: arrived + moved + before.length - stayed.length };
}

/** The nearest row that is still there in this direction; null at the end of the list. */
export function rowBeside(places: Place[], index: number, by: number): ConversationRow | null {
  for (let at = index + by; at >= 0 && at < places.length; at += by) {
    const row = places[at]?.row;
    if (row) return row;
  }
  return null;
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
