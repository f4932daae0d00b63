import { Problem } from '../problem.js';

const e164 = /^\+[1-9]\d{6,14}$/;

export const isPhoneNumber = (text: string): boolean => e164.test(text);

/** Japanese mobile numbers: the lines on which a handset may appear by itself. */
export const isJapaneseMobile = (text: string): boolean => /^\+81[789]0\d{8}$/.test(text);

/** Some servers and clients turn the `+` of a query into a blank, and some write `tel:` before it. */
export function repairNumber(text: string): string {
  return text
    .trim()
    .replace(/^tel:/i, '')
    .replace(/^(?=[1-9]\d)/, '+');
}

/** The number in a path of the handset doors. */
export function readMsisdn(text: string): string {
  const number = repairNumber(text);
  if (isPhoneNumber(number)) return number;
  const message = 'msisdn must be an E.164 number such as +819000000001';
  throw new Problem(400, 'invalid', message, [{ field: 'msisdn', message }]);
}

/** `+819000000001` as people write it: `090-0000-0001`. */
export function displayNumber(msisdn: string): string {
  const national = msisdn.replace(/^\+81/, '0');
  return isJapaneseMobile(msisdn) ? `${national.slice(0, 3)}-${national.slice(3, 7)}-${national.slice(7)}` : msisdn;
}
