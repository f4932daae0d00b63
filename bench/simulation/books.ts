import { DataSource } from 'typeorm';
import type { Console } from '../../apps/console/console.js';
import type { Office } from './office.js';
import type { Books } from './results.js';

/** What the database holds at the end: the result is read from what every report would be read from. */
export async function readBooks({ app }: Console, office: Office, day: { begins: Date; ends: Date }): Promise<Books> {
  const database = app.get(DataSource);
  return {
    begins: day.begins.getTime(),
    ends: day.ends.getTime(),
    agents: [...office.agents].map(([id, { capacity }]) => ({ id, capacity })),
    contacts: await database.query<Books['contacts'][number][]>(
      `select ${ms('enqueued_at')} as "enqueuedAt", ${ms('first_accepted_at')} as "acceptedAt",
         ${ms('first_human_reply_at')} as "repliedAt", ${ms('abandoned_at')} as "abandonedAt", ${ms('closed_at')} as "closedAt"
       from contacts order by id`,
    ),
    held: await database.query<Books['held'][number][]>(
      `select s.owner_id::text as "agentId", ${ms('s.started_at')} as "from", ${ms('s.ended_at')} as "to", c.weight
       from segments s join contacts c on c.id = s.contact_id where s.owner_type = 'agent' order by s.id`,
    ),
    asked: await database.query<Books['asked'][number][]>(
      `select o.agent_id::text as "agentId", ${ms('o.made_at')} as "from", ${ms('o.ended_at')} as "to", c.weight, o.outcome
       from offers o join contacts c on c.id = o.contact_id order by o.id`,
    ),
  };
}

const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
