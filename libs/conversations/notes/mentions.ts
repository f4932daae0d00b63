import { mentionLimits, type FieldError, type Mention } from '#libs/contracts/index.js';

/** Who could be named: null for whoever does not exist or may not read the conversation. */
export type Readers = ReadonlyMap<string, { name: string } | null>;

/**
 * What is wrong with the mentions of a note. Each stands for the person whose name is written there, so that no chip can
 * call somebody by another's name; a mention gives no right, so only who may read the conversation can be named.
 */
export function mentionFaults(text: string, mentions: readonly Mention[], readers: Readers): FieldError[] {
  if (mentions.length > mentionLimits.count) {
    const message = `A note may name ${mentionLimits.count} people.`;
    return [{ field: 'mentions', rule: 'tooMany', message, limit: mentionLimits.count, actual: mentions.length }];
  }
  let end = 0;
  return mentions.flatMap(({ agentId, start, length }, index): FieldError[] => {
    const field = `mentions.${index}`;
    if (start < end || start + length > text.length) {
      return [{ field, rule: 'stretch', message: 'Mentions are ordered stretches of the text that do not overlap.' }];
    }
    end = start + length;
    const reader = readers.get(agentId);
    if (!reader) {
      return [{ field: `${field}.agentId`, rule: 'mayRead', message: 'This agent may not read the conversation.' }];
    }
    if (text.slice(start, end) === `@${reader.name}`) return [];
    return [{ field, rule: 'name', message: 'The text does not name this agent there.' }];
  });
}
