import type { FieldError, QueueRules } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import type { Queue } from './rules/waiting-contact.js';

/** Everything that a queue names must be there, and an account leads to one queue only. One query. */
export async function missingReferences(tx: Tx, id: string | null, rules: QueueRules): Promise<FieldError[]> {
  const skills = [...new Set(rules.skillSteps.flatMap(({ need }) => need.map(({ skillId }) => skillId)))];
  const [found] = await tx.query<{
    agents: string[];
    accounts: string[];
    taken: string[];
    skills: string[];
    queues: string[];
  }>(
    `select array(select id::text from agents where id = any($1::bigint[])) as agents,
       array(select id::text from accounts where id = any($2::bigint[])) as accounts,
       array(select account_id::text from account_queues where account_id = any($2::bigint[]) and queue_id is distinct from $3) as taken,
       array(select id::text from skills where id = any($4::bigint[])) as skills,
       array(select id::text from queues where id = $5 and deleted_at is null) as queues`,
    [rules.members.map(({ agentId }) => agentId), rules.accountIds, id, skills, rules.overflow?.queueId ?? null],
  );
  const faults: FieldError[] = [];
  const missing = (field: string, wanted: readonly string[], there: readonly string[], what: string): void => {
    const lost = wanted.find((each) => !there.includes(each));
    if (lost !== undefined) faults.push({ field, rule: 'exists', message: `There is no ${what} ${lost}.` });
  };
  missing(
    'members',
    rules.members.map(({ agentId }) => agentId),
    found!.agents,
    'agent',
  );
  missing('accountIds', rules.accountIds, found!.accounts, 'account');
  missing('skillSteps', skills, found!.skills, 'skill');
  if (rules.overflow) missing('overflow.queueId', [rules.overflow.queueId], found!.queues, 'queue');
  if (found!.taken.length > 0) {
    const message = `Account ${found!.taken[0]} leads to another queue already.`;
    faults.push({ field: 'accountIds', rule: 'taken', message });
  }
  return faults;
}

/** Contacts that move on for ever would never be served. */
export function circleFault(id: string | null, rules: QueueRules, others: Iterable<Queue>): FieldError[] {
  const next = new Map([...others].map((queue) => [queue.id, queue.overflow]));
  let at = rules.overflow?.queueId;
  if (at !== undefined && at === id)
    return [{ field: 'overflow.queueId', rule: 'itself', message: 'A queue cannot overflow into itself.' }];
  if (rules.overflow?.mode !== 'move' && rules.whenFull !== 'overflow') return [];
  for (const seen = new Set<string>(); at !== undefined && !seen.has(at);) {
    seen.add(at);
    const overflow = next.get(at);
    at = overflow?.queueId;
    if (at !== undefined && at === id)
      return [{ field: 'overflow.queueId', rule: 'circle', message: 'The queues would overflow into each other.' }];
  }
  return [];
}
