import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';

export const faqKeys = {
  book: ['faq'] as const,
  unanswered: ['faq-unanswered'] as const,
};

export function faqQuery() {
  return queryOptions({ queryKey: faqKeys.book, queryFn: ({ signal }) => api.faq(signal) });
}

export function unansweredQuery() {
  return queryOptions({ queryKey: faqKeys.unanswered, queryFn: ({ signal }) => api.unansweredFaq(signal) });
}
