import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';
import { draftOfThread } from './draft.js';

export const faqKeys = {
  book: ['faq'] as const,
  unanswered: ['faq-unanswered'] as const,
};

export function faqQuery() {
  return queryOptions({ queryKey: faqKeys.book, queryFn: ({ signal }) => api.faq(signal) });
}

/** What was asked and answered last in a conversation, as an entry may begin. */
export function fromThreadQuery(conversationId: string) {
  return queryOptions({
    queryKey: ['faq-from', conversationId] as const,
    queryFn: async ({ signal }) => {
      const [detail, { messages }] = await Promise.all([
        api.conversation(conversationId, signal),
        api.messages(conversationId, { limit: 50 }, signal),
      ]);
      return { accountId: detail.conversation.accountId, draft: draftOfThread(messages) };
    },
    staleTime: 0,
    gcTime: 0,
  });
}

export function unansweredQuery() {
  return queryOptions({ queryKey: faqKeys.unanswered, queryFn: ({ signal }) => api.unansweredFaq(signal) });
}
