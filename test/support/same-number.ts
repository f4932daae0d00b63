import type { CustomerView } from '#libs/contracts/index.js';

/** Whose number it is, also where the reader sees only its ends: a world gives no two numbers that look alike then. */
export function sameNumber({ phone, phoneDisplay }: CustomerView, number: string): boolean {
  return phone === number || phoneDisplay === `0${number.slice(3, 5)}-****-${number.slice(-4)}`;
}
