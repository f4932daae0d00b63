export type TextPart = { text: string; href: string | null };

// Only the letters an address is made of: Japanese sentences go on right behind it, without a blank.
const ADDRESS = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const TRAILING = /[.,:;!?'()\]]+$/;

/** Only http and https become links; everything else stays the text it was. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = safeHref(address);
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** A stop or a bracket at the end belongs to the sentence, unless the address itself opened the bracket. */
function trimmed(address: string): string {
  const tail = TRAILING.exec(address)?.[0] ?? '';
  const own = tail.startsWith(')') && address.slice(0, -tail.length).includes('(') ? 1 : 0;
  return address.slice(0, address.length - tail.length + own);
}
