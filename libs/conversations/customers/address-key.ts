import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CustomerAddress } from '#libs/carrier/index.js';

/** How a customer is found: by number everywhere, by a hidden number's word on the connection that made it up. */
export function addressKey(connectionId: string, address: CustomerAddress): string {
  return address.kind === 'phone' ? address.phone : `chat:${connectionId}:${address.chatId}`;
}

/** Of somebody who had this number before; her own no longer, and the key of nobody who writes. */
export const formerKey = (customerId: string, key: string): string => `past:${customerId}:${key}`;

export const isFormer = (key: string): boolean => key.startsWith('past:');

export function addressOf(stored: string): CustomerAddress {
  const key = stored.replace(/^past:\d+:/, '');
  const hidden = /^chat:\d+:(.+)$/s.exec(key);
  return hidden ? { kind: 'chat', chatId: hidden[1]! } : { kind: 'phone', phone: key };
}

const shown = new Map<string, string>();

/** `090-0000-0001` for a Japanese number, the international form for another, `#` and a few letters for a hidden one. */
export function displayAddress(key: string): string {
  const address = addressOf(key);
  if (address.kind === 'chat') return `#${address.chatId.slice(-6)}`;
  const { phone } = address;
  let display = shown.get(key);
  if (display === undefined) {
    if (shown.size > 20_000) shown.clear();
    const number = parsePhoneNumberFromString(phone);
    display =
      (number?.country === 'JP' || phone.startsWith('+81') ? japanese(phone) : number?.formatInternational()) ?? phone;
    shown.set(key, display);
  }
  return display;
}

/** Mobile numbers are written 3-4-4 whether or not the range is assigned yet; the library leaves unassigned ones bare. */
function japanese(phone: string): string | undefined {
  const mobile = /^\+81([789]0)(\d{4})(\d{4})$/.exec(phone);
  if (mobile) return `0${mobile[1]}-${mobile[2]}-${mobile[3]}`;
  return parsePhoneNumberFromString(phone, 'JP')?.formatNational();
}
