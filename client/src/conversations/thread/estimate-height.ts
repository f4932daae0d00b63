import type { MessageContent } from '#libs/contracts/index.js';
import { mediaHeight } from '../../media/picture-box.js';
import { unsentHeight } from '../../media/unsent-attachment.js';
import type { Unsent } from '../../outbox/outbox.js';
import type { ThreadRow } from './thread-rows.js';

const LINE = 24;
const AROUND = 22;
const AUTHOR = 22;
const LETTERS_PER_LINE = 34;

/** How tall a row will probably be; the closer, the less anything shifts while it is being measured. */
export function estimateHeight(row: ThreadRow | undefined): number {
  switch (row?.type) {
    case 'message':
      if (row.message.kind === 'activity') return 36;
      return AROUND + (row.joined ? 0 : AUTHOR) + contentHeight(row.message.content);
    case 'unsent':
      return AROUND + (row.joined ? 0 : AUTHOR) + unsentContentHeight(row.unsent);
    default:
      return 44;
  }
}

function contentHeight(content: MessageContent): number {
  if (content.type === 'text') return textHeight(content.text) + (content.suggestions?.length ? 36 : 0);
  if (content.type === 'media') return mediaHeight(content);
  return content.type === 'location' ? 76 : LINE;
}

function unsentContentHeight({ attached, text }: Unsent): number {
  return attached === undefined ? textHeight(text) : unsentHeight(attached);
}

function textHeight(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + LINE * Math.max(1, Math.ceil(line.length / LETTERS_PER_LINE)), 0);
}
