import type { BotLine, BotWords, MessageContent } from '#libs/contracts/index.js';

/** What a customer said, as a bot is told of it. */
export function wordsOf(seq: number, content: MessageContent): BotWords {
  switch (content.type) {
    case 'text':
      return { seq, type: 'text', text: content.text };
    case 'press':
      return { seq, type: 'press', label: content.label, payload: content.payload, of: content.of ?? null };
    case 'location':
      return { seq, type: 'location', latitude: content.latitude, longitude: content.longitude };
    case 'media':
      return { seq, type: 'other', what: content.sticker ? 'sticker' : (content.mimeType.split('/')[0] ?? 'file') };
    case 'device':
    case 'activity':
      return { seq, type: 'other', what: content.type };
    case 'unsupported':
      return { seq, type: 'other', what: content.what };
  }
}

/** A line of the thread before it; empty for what has no words. */
export function lineOf(line: { seq: number; from: BotLine['from']; content: MessageContent; at: Date }): BotLine {
  const { seq, from, content, at } = line;
  const text = content.type === 'text' ? content.text : content.type === 'press' ? content.label : '';
  return { seq, from, text, at: at.toISOString() };
}

/** What stands in her own letters: text, or what she pressed. */
export function writtenIn(words: BotWords): string {
  return words.type === 'text' ? words.text : words.type === 'press' ? words.label : '';
}

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const english = /\p{Script=Latin}{2}/u;

/** By the letters that she uses; Japanese where they do not tell. */
export function languageOf(said: readonly BotWords[], before: readonly BotLine[] = []): 'ja' | 'en' {
  const texts = [
    said.map(writtenIn).join('\n'),
    before
      .filter(({ from }) => from === 'customer')
      .map(({ text }) => text)
      .join('\n'),
  ];
  for (const text of texts) {
    if (japanese.test(text)) return 'ja';
    if (english.test(text)) return 'en';
  }
  return 'ja';
}
