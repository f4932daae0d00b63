/** What decides whether something on the screen has been seen by the one who must see it. */
export interface Sight {
  /** A supervisor's look marks nothing. */
  assignee: boolean;
  visible: boolean;
  focused: boolean;
  readSeq: number;
  /** The furthest customer message on the screen. */
  seen: number;
}

/** Up to where to mark as read, or null when there is nothing to say. */
export function markUpTo(sight: Sight, told: number): number | null {
  if (!sight.assignee || !sight.visible || !sight.focused) return null;
  return sight.seen > Math.max(sight.readSeq, told) ? sight.seen : null;
}
