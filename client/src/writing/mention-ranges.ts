import type { Mention } from '#libs/contracts/index.js';

/** One stretch was put in the place of another; what stands before and behind it is the same. */
function edit(before: string, after: string): { from: number; to: number; by: number } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < most - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { from, to: before.length - tail, by: after.length - before.length };
}

/** Where the mentions stand after an edit. One that was written into is a mention no longer: its words are only words now. */
export function movedMentions(mentions: readonly Mention[], before: string, after: string): Mention[] {
  if (mentions.length === 0 || before === after) return [...mentions];
  const { from, to, by } = edit(before, after);
  return mentions.flatMap((mention) => {
    const end = mention.start + mention.length;
    const whole = after.slice(mention.start + by, end + by) === before.slice(mention.start, end);
    if (end <= from) return [mention];
    if (mention.start >= to && whole) return [{ ...mention, start: mention.start + by }];
    return [];
  });
}

/** One more, in the place of whatever it overlaps. */
export function addMention(mentions: readonly Mention[], made: Mention): Mention[] {
  const apart = mentions.filter(
    ({ start, length }) => start + length <= made.start || start >= made.start + made.length,
  );
  return [...apart, made].sort((a, b) => a.start - b.start);
}

/** The text in pieces; those that name somebody carry her id. */
export function splitMentions(text: string, mentions: readonly Mention[]): { text: string; agentId: string | null }[] {
  const parts: { text: string; agentId: string | null }[] = [];
  let place = 0;
  for (const { agentId, start, length } of mentions) {
    if (start < place || start + length > text.length) continue;
    if (start > place) parts.push({ text: text.slice(place, start), agentId: null });
    parts.push({ text: text.slice(start, start + length), agentId });
    place = start + length;
  }
  if (place < text.length) parts.push({ text: text.slice(place), agentId: null });
  return parts;
}
