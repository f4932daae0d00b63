import { infiniteQueryOptions, queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import type { ContactView, CustomerField, CustomerView, LabelView } from '#libs/contracts/index.js';
import { api } from '../http/api.js';

export const customerKeys = {
  labels: ['labels'] as const,
  fields: ['customer-fields'] as const,
  rules: ['customer-rules'] as const,
  profiles: ['customer'] as const,
  profile: (id: string, version: number) => ['customer', id, version] as const,
  contacts: (id: string, stamp: string) => ['past-contacts', id, stamp] as const,
  files: (id: string, stamp: string) => ['customer-files', id, stamp] as const,
};

export function labelsQuery() {
  return queryOptions({ queryKey: customerKeys.labels, queryFn: ({ signal }) => api.labels(signal) });
}

export function fieldsQuery() {
  return queryOptions({ queryKey: customerKeys.fields, queryFn: ({ signal }) => api.customerFields(signal) });
}

export function rulesQuery() {
  return queryOptions({ queryKey: customerKeys.rules, queryFn: ({ signal }) => api.customerRules(signal) });
}

/** The row says which version there is; until that has come, what was shown stays. */
export function profileQuery({ id, version }: Pick<CustomerView, 'id' | 'version'>) {
  return queryOptions({
    queryKey: customerKeys.profile(id, version),
    queryFn: ({ signal }) => api.customer(id, signal),
    placeholderData: (shown, query) => (query?.queryKey[1] === id ? shown : undefined),
  });
}

/** Another contact, another state, another person: asked again, with what was shown standing meanwhile. */
export function pastContactsQuery(customer: CustomerView, contact: ContactView | null) {
  const stamp = [customer.version, contact?.id, contact?.state, contact?.assignee?.id].join(' ');
  return infiniteQueryOptions({
    queryKey: customerKeys.contacts(customer.id, stamp),
    queryFn: ({ signal, pageParam }) => api.pastContacts(customer.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (shown, query) => (query?.queryKey[1] === customer.id ? shown : undefined),
    staleTime: 0,
  });
}

/** @param newest the newest file that stands in the thread */
export function filesQuery(customer: CustomerView, newest: string) {
  return infiniteQueryOptions({
    queryKey: customerKeys.files(customer.id, `${customer.version} ${newest}`),
    queryFn: ({ signal, pageParam }) => api.customerFiles(customer.id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (shown, query) => (query?.queryKey[1] === customer.id ? shown : undefined),
    staleTime: 0,
  });
}

/** `catalogue:changed`, or a line that was gone: labels and attributes are asked for again where they are shown. */
export function forgetCatalogue(client: QueryClient): void {
  for (const queryKey of [customerKeys.labels, customerKeys.fields, customerKeys.rules]) {
    void client.invalidateQueries({ queryKey });
  }
}

const noLabels: LabelView[] = [];
const noFields: CustomerField[] = [];

/** Of a conversation, in the account's order; those that are no longer used are not shown. */
export function useLabelsOf(ids: readonly string[]): LabelView[] {
  const { data = noLabels } = useQuery({ ...labelsQuery(), enabled: ids.length > 0 });
  return ids.length === 0 ? noLabels : data.filter(({ id, active }) => active && ids.includes(id));
}

export function useFields(accountId: string): CustomerField[] {
  const { data = noFields } = useQuery(fieldsQuery());
  return data.filter((field) => field.active && field.accountId === accountId);
}
