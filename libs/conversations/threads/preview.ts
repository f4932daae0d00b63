import { maskCardNumbers, type MessageContent } from '#libs/contracts/index.js';

const LENGTH = 120;

/** The line of a message that a list row shows; the screen words the kinds that have no text of their own. */
export function preview(content: MessageContent): string {
  switch (content.type) {
    case 'text':
      return oneLine(content.text);
    case 'media':
      // The screen words what has no name of its own.
      return content.sticker ? '' : oneLine(content.name);
    case 'location':
      return oneLine(content.label ?? '');
    case 'press':
      return oneLine(content.label);
    case 'device':
      return oneLine(content.model ?? '');
    case 'activity':
    case 'unsupported':
      return '';
  }
}

export function oneLine(text: string): string {
  // A card that the cut goes through is covered too.
  const line = maskCardNumbers(text.slice(0, LENGTH * 2 + 60))
    .slice(0, LENGTH * 2)
    .replace(/\s+/g, ' ')
    .trim();
  // Never half an emoji.
  return line.length <= LENGTH ? line : line.slice(0, LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}
