import type { Asker } from '../conversation-access.js';

/** `mayRead` as a condition on `conversations c`; its parameters begin at `$first`. */
export function readable(
  { agentId, visibility, accountIds }: Pick<Asker, 'agentId' | 'visibility' | 'accountIds'>,
  first: number,
): { sql: string; params: unknown[] } {
  if (visibility === 'all') return { sql: 'true', params: [] };
  const account = `c.account_id = any($${first}::bigint[])`;
  if (visibility === 'account') return { sql: account, params: [accountIds] };
  const me = `$${first + 1}::bigint`;
  return {
    sql: `${account} and (case when c.contact_id is null then c.last_assignee_id = ${me}
      else c.assignee_id is null or c.assignee_id = ${me} end)`,
    params: [accountIds, agentId],
  };
}
