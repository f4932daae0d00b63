import { maskedContent, type MessageContent } from '#libs/contracts/index.js';
import { codeOf, codesOf } from './codes.js';
import { normalise } from './normalise.js';

/** What of a message people look for, as everybody sees it: no search leads to what is covered. Empty where it says nothing. */
export function searchableText(whole: MessageContent): string {
  const content = maskedContent(whole) ?? whole;
  switch (content.type) {
    case 'text':
      return content.text;
    case 'media':
      return content.name;
    case 'location':
      return content.label ?? '';
    case 'press':
      return content.label;
    default:
      return '';
  }
}

/** The codes of a message, ready for the database; null where there is nothing to find it by. */
export function messageCodes(kind: string, content: MessageContent): string | null {
  const codes = codesOf(normalise(searchableText(content)));
  if (content.type === 'media') codes.add(codeOf.media);
  if (codes.size === 0) return null;
  if (kind === 'note') codes.add(codeOf.note);
  return `{${[...codes].join(',')}}`;
}

interface SearchedCustomer {
  name: string | null;
  kana: string | null;
  phone: string | null;
  /** What accounts keep of her; left out: nothing. */
  values?: readonly string[];
}

/** A customer's words, each to be found by itself: the name, the reading, attributes, the number as it is dialled here and abroad. */
export function customerWords({ name, kana, phone, values = [] }: SearchedCustomer): string[] {
  const words = [name, kana, phone, phone?.startsWith('+81') ? `0${phone.slice(3)}` : null, ...values];
  return words.map((word) => normalise(word ?? '')).filter((word) => word !== '');
}

export function customerCodes(customer: SearchedCustomer): string {
  return `{${[...new Set(customerWords(customer).flatMap((word) => [...codesOf(word)]))].join(',')}}`;
}
