import { measureText, textLimits } from '#libs/contracts/index.js';

export interface TextRoom {
  units: number;
  bytes: number;
  /** The limit that will be met first, and how much of it is used (1 = full). */
  nearer: 'units' | 'bytes';
  used: number;
  fits: boolean;
}

/** Both of the carrier's limits hold at once; the nearer one is what the writer must know. */
export function textRoom(text: string): TextRoom {
  const { units, bytes } = measureText(text);
  const byUnits = units / textLimits.units;
  const byBytes = bytes / textLimits.bytes;
  return {
    units,
    bytes,
    nearer: byBytes > byUnits ? 'bytes' : 'units',
    used: Math.max(byUnits, byBytes),
    fits: units <= textLimits.units && bytes <= textLimits.bytes,
  };
}

/** Shown in amber from here on. */
export const TIGHT = 0.9;
