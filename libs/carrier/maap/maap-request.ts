import type { Connection } from '#libs/accounts/index.js';
import { measureText, suggestionLimits, textLimits, type Suggestion, type TextContent } from '#libs/contracts/index.js';
import type { CustomerAddress } from '../customer-address.js';

/** `@` stays as it is: gateways compare the path as clients of the standard write it. */
function pathWord(word: string): string {
  return encodeURIComponent(word).replaceAll('%40', '@');
}

function botRoot({ settings }: Connection): string {
  return `${settings.baseUrl.replace(/\/+$/, '')}/${pathWord(settings.botId)}`;
}

export function sendUrl(connection: Connection): string {
  return `${botRoot(connection)}/${(connection.settings.sendPath ?? 'messages').replace(/^\/+|\/+$/g, '')}`;
}

/** Null for an id that would change the path instead of naming a message. */
export function statusUrl(connection: Connection, carrierMessageId: string): string | null {
  if (/^\.{0,2}$/.test(carrierMessageId)) return null;
  return `${botRoot(connection)}/messages/${pathWord(carrierMessageId)}/status`;
}

/** `+` must travel as `%2B`: in a query it means a blank to some servers. */
export function capabilitiesUrl(connection: Connection, address: CustomerAddress): string {
  const [[name, value] = ['', '']] = Object.entries(contact(address));
  return `${botRoot(connection)}/contactCapabilities?${name}=${encodeURIComponent(value)}`;
}

function contact(address: CustomerAddress): Record<string, string> {
  return address.kind === 'phone' ? { userContact: address.phone } : { chatId: address.chatId };
}

/** Members that are not set are left out: some gateways refuse `null`. */
export function messageBody(address: CustomerAddress, { text, suggestions = [] }: TextContent): string {
  const chips = suggestions.map(chip);
  return JSON.stringify({
    RCSMessage: { textMessage: text, ...(chips.length === 0 ? {} : { suggestedChipList: { suggestions: chips } }) },
    messageContact: contact(address),
  });
}

export function typingBody(address: CustomerAddress, active: boolean): string {
  return JSON.stringify({ RCSMessage: { isTyping: active ? 'active' : 'idle' }, messageContact: contact(address) });
}

export function statusBody(status: 'displayed' | 'cancelled'): string {
  return JSON.stringify({ RCSMessage: { status } });
}

function chip(suggestion: Suggestion): object {
  const shared = { displayText: suggestion.label, postback: { data: suggestion.payload } };
  switch (suggestion.kind) {
    case 'reply':
      return { reply: shared };
    case 'url':
      return { action: { urlAction: { openUrl: { url: suggestion.url } }, ...shared } };
    case 'dial':
      return { action: { dialerAction: { dialPhoneNumber: { phoneNumber: suggestion.phone } }, ...shared } };
  }
}

/** What the carrier would refuse anyway, said with the field and the limit; null when all is well. */
export function brokenLimit({ text, suggestions = [] }: TextContent): string | null {
  const { units, bytes } = measureText(text);
  if (text === '') return 'text: empty';
  if (units > textLimits.units) return `text: ${units} UTF-16 units, limit ${textLimits.units}`;
  if (bytes > textLimits.bytes) return `text: ${bytes} bytes of UTF-8, limit ${textLimits.bytes}`;
  if (suggestions.length > suggestionLimits.count)
    return `suggestions: ${suggestions.length}, limit ${suggestionLimits.count}`;
  for (const [place, { label, payload, ...rest }] of suggestions.entries()) {
    const url = 'url' in rest ? rest.url : '';
    for (const [field, value] of Object.entries({ label, payload, url })) {
      const limit = suggestionLimits[field as 'label' | 'payload' | 'url'];
      if (value.length > limit) return `suggestions.${place}.${field}: ${value.length} UTF-16 units, limit ${limit}`;
    }
  }
  return null;
}
