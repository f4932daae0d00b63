import type { MessageContent } from './content.js';

/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  start: number;
  end: number;
}

const FEWEST = 13;
const MOST = 19;
const MASK = '•';
/** Groups of digits of any width, with what people put between them. */
const row = /[0-9０-９]+(?:[\s\-‐‑‒–—−－ー_.・/][0-9０-９]+)*/gu;
const group = /[0-9０-９]+/gu;
/** Looked for first: nearly every text has no such number of digits, and pays for nothing more. */
const many = /(?:[0-9０-９][^0-9０-９]?){13}/;
/** What cards of the schemes in use begin with. */
const scheme = /^(?:[2-6]|81)/;

/**
 * Numbers of payment cards: 13 to 19 digits of which the last one agrees (Luhn), also in full-width digits and in groups.
 * A card is made of whole groups: the middle of a longer number is none.
 */
export function cardNumbersIn(text: string): Stretch[] {
  if (!many.test(text)) return [];
  const found: Stretch[] = [];
  for (const { 0: digits, index } of text.matchAll(row)) {
    const groups = [...digits.matchAll(group)].map((part) => ({
      digits: part[0].normalize('NFKC'),
      start: index + part.index,
      end: index + part.index + part[0].length,
    }));
    for (let first = 0; first < groups.length;) {
      const count = cardAt(groups, first);
      if (count > 0) found.push({ start: groups[first]!.start, end: groups[first + count - 1]!.end });
      first += Math.max(1, count);
    }
  }
  return found;
}

/** The text with every card number but its last four digits covered; groups and lengths stay as they were. */
export function maskCardNumbers(text: string): string {
  const cards = cardNumbersIn(text);
  if (cards.length === 0) return text;
  let masked = '';
  let from = 0;
  for (const { start, end } of cards) {
    masked += text.slice(from, start);
    let left = 0;
    for (let at = start; at < end; at++) if (isDigit(text.charCodeAt(at))) left++;
    for (let at = start; at < end; at++) {
      const digit = isDigit(text.charCodeAt(at));
      masked += digit && left > 4 ? MASK : text[at];
      if (digit) left--;
    }
    from = end;
  }
  return masked + text.slice(from);
}

/** What people wrote in a message, masked; null when there was nothing to cover. */
export function maskedContent(content: MessageContent): MessageContent | null {
  switch (content.type) {
    case 'text': {
      const text = maskCardNumbers(content.text);
      return text === content.text ? null : { ...content, text };
    }
    case 'media': {
      const name = maskCardNumbers(content.name);
      return name === content.name ? null : { ...content, name };
    }
    case 'press': {
      const label = maskCardNumbers(content.label);
      return label === content.label ? null : { ...content, label };
    }
    default:
      return null;
  }
}

/** How many groups from `first` on are a card: the most that agree; 0 when none do. */
function cardAt(groups: readonly { digits: string }[], first: number): number {
  let card = 0;
  let digits = '';
  for (let count = 1; first + count <= groups.length; count++) {
    digits += groups[first + count - 1]!.digits;
    if (digits.length > MOST) break;
    if (digits.length >= FEWEST && scheme.test(digits) && agrees(digits)) card = count;
  }
  return card;
}

function agrees(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 0x30;
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

function isDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19);
}
