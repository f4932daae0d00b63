import type { SearchState } from '#libs/contracts/index.js';
import type { Asker } from '../conversation-access.js';

/** What of everything is searched. */
export interface SearchFilters {
  account: string | null;
  queue: string | null;
  agent: string | null;
  state: SearchState | null;
  /** Of the conversation. */
  label: string | null;
  from: Date | null;
  to: Date | null;
  media: boolean;
}

/** A place in the order of searching: newest first. */
export interface SearchPlace {
  ms: number;
  id: string;
}

/** Parameters of a statement as they are written into it. */
export class Params {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

export const accountsOf = (asker: Asker, account: string | null): readonly string[] =>
  account === null ? asker.accountIds : asker.accountIds.filter((id) => id === account);

/**
 * `mayRead` for rows of `inbox`, whose accounts are the asker's already. Every hit is asked by `mayRead` itself once more
 * before it is shown: this keeps the others from being looked at at all.
 */
export function readable(asker: Asker, params: Params): string | null {
  if (asker.visibility !== 'own') return null;
  const me = params.add(asker.agentId);
  return `case when i.open then i.assignee_id is null or i.assignee_id = ${me} else i.assignee_id = ${me} end`;
}

/** Conditions on a message `s` of the index that its conversation and its contact decide. */
export function standingSql(asker: Asker, filters: SearchFilters, params: Params): string {
  const inbox = [
    readable(asker, params),
    filters.state === null ? null : filters.state === 'open' ? 'i.open' : 'not i.open',
  ].filter((condition) => condition !== null);
  const contact = [
    filters.queue === null ? null : `t.queue_id = ${params.add(filters.queue)}`,
    filters.agent === null ? null : `t.assignee_id = ${params.add(filters.agent)}`,
  ].filter((condition) => condition !== null);
  // A look by the key for each, and never a join: the planner would read a table as a whole for a few hundred messages.
  const conditions = [
    ...(inbox.length === 0
      ? []
      : [`(select ${inbox.join(' and ')} from inbox i where i.conversation_id = s.conversation_id)`]),
    ...(filters.label === null
      ? []
      : [
          `exists (select from conversation_labels l
             where l.conversation_id = s.conversation_id and l.label_id = ${params.add(filters.label)})`,
        ]),
    ...(contact.length === 0 ? [] : [`(select ${contact.join(' and ')} from contacts t where t.id = s.contact_id)`]),
  ];
  return conditions.length === 0 ? 'true' : conditions.join(' and ');
}
