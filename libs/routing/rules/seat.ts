import { isAvailable, type AgentLayers } from '#libs/contracts/index.js';

/** Somebody who may be asked, with all that decides. Times are milliseconds. */
export interface Seat extends AgentLayers {
  agentId: string;
  name: string;
  active: boolean;
  capacity: number;
  /** Weight of what she holds or is being offered. */
  used: number;
  /** How many of her contacts are in wrap-up. */
  wrapUp: number;
  skills: ReadonlyMap<string, number>;
  /** Accounts in which she may answer customers. */
  repliesIn: ReadonlySet<string>;
  lastAssignedAt: number | null;
  lastContactEndedAt: number | null;
}

export function freeSlots(seat: Seat): number {
  return Math.max(0, seat.capacity - seat.used);
}

export function isThere(seat: Seat): boolean {
  return seat.active && isAvailable(seat);
}
