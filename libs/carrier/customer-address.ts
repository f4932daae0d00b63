import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** How a wire names a customer: by number, or by an opaque word while the customer hides it. */
export type CustomerAddress = { kind: 'phone'; phone: string } | { kind: 'chat'; chatId: string };

/** E.164 ends at 15 digits, whatever a country's own plan allows. */
const longest = '+'.length + 15;
const usual = /^\+81[789]0\d{8}$/;

/**
 * Any common way to write a number, as E.164; null when it is none. A number without a country is Japanese; a `+` that a
 * form decoder turned into a blank comes back.
 */
export function parsePhone(written: string): string | null {
  if (usual.test(written)) return written;
  if (written.length > 40) return null;
  const plain = written
    .normalize('NFKC')
    .replace(/^tel:/i, '')
    .replace(/[‐-―−ー]/g, '-')
    .trim();
  if (!/^\+?[\d\s().-]+$/.test(plain)) return null;
  const international = /^[1-9]\d{10,}$/.test(plain) ? `+${plain}` : plain.replace(/^00(?=[1-9])/, '+');
  const number = parsePhoneNumberFromString(international, 'JP');
  // Possible, not valid: numbering plans change faster than the table that we ship, and test numbers are in no plan.
  return number?.isPossible() && number.number.length <= longest ? number.number : null;
}
