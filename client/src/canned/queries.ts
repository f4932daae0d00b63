import { queryOptions } from '@tanstack/react-query';
import { api } from '../http/api.js';

export const cannedKeys = {
  book: ['canned'] as const,
  forbidden: ['forbidden-words'] as const,
};

export function cannedQuery() {
  return queryOptions({ queryKey: cannedKeys.book, queryFn: ({ signal }) => api.cannedResponses(signal) });
}

export function forbiddenQuery() {
  return queryOptions({ queryKey: cannedKeys.forbidden, queryFn: ({ signal }) => api.forbiddenWords(signal) });
}
