/** Where in the FAQ somebody is, as its address says: `/admin/faq/<place>`. */
export type FaqPlace = { tab: 'unanswered' | 'rewordings' | 'try' } | EntryPlace;

interface EntryPlace {
  tab: 'entries';
  /** null: the list alone; `new`: there is none yet. */
  entry: string | null;
  /** A new one begins with this question that had no answer … */
  question: string | null;
  /** … or with what was asked and answered in this conversation. */
  conversation: string | null;
}

export function placeOf(path: string | undefined): FaqPlace {
  if (path === 'unanswered' || path === 'rewordings' || path === 'try') return { tab: path };
  const [, question = null] = /^answer-(\d+)$/.exec(path ?? '') ?? [];
  const [, conversation = null] = /^from-(\d+)$/.exec(path ?? '') ?? [];
  const fresh = question !== null || conversation !== null;
  return { tab: 'entries', entry: fresh ? 'new' : (path ?? null), question, conversation };
}
