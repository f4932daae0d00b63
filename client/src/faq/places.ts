/** Where in the FAQ somebody is, as its address says: `/admin/faq/<place>`. */
export type FaqPlace =
  | { tab: 'entries'; entry: string | null; question: null }
  | { tab: 'entries'; entry: 'new'; question: string }
  | { tab: 'unanswered' | 'rewordings' | 'try' };

export function placeOf(path: string | undefined): FaqPlace {
  if (path === 'unanswered' || path === 'rewordings' || path === 'try') return { tab: path };
  const [, question] = /^answer-(\d+)$/.exec(path ?? '') ?? [];
  if (question !== undefined) return { tab: 'entries', entry: 'new', question };
  return { tab: 'entries', entry: path ?? null, question: null };
}
