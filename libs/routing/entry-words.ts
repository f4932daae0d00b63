import { opensAt } from './rules/business-hours.js';
import type { Queue } from './rules/waiting-contact.js';
import { filled, openingWords } from './text-words.js';

/**
 * For contacts that come from a bot, where their queue says nothing itself: they were answered a moment ago, and silence
 * would look like a fault.
 */
const usual = {
  kept: {
    ja: 'ただいま受付時間外です。受付時間になりましたら、担当者からお返事します。次の受付は{opens}からです。',
    en: 'We are closed at the moment. Our staff will reply when we open again.',
  },
  refused_hours: {
    ja: '申し訳ございません。ただいま受付時間外のため、担当者におつなぎできません。{opens}以降に、もう一度お送りください。',
    en: 'We are sorry: we are closed at the moment, and nobody can reply. Please write again during our opening hours.',
  },
  refused_full: {
    ja: '申し訳ございません。ただいま混み合っており、担当者におつなぎできません。時間をおいて、もう一度お送りください。',
    en: 'We are sorry: everybody is busy, and nobody can reply now. Please write again later.',
  },
} as const;

export function closedWords(queue: Queue, language: 'ja' | 'en', how: keyof typeof usual, now: number): string {
  const opens = queue.hours === null ? null : opensAt(queue.hours, now);
  return filled(usual[how][language], { opens: opens === null ? null : openingWords(opens) })!;
}
