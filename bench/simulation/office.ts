import { Accounts } from '#libs/accounts/index.js';
import { permissionsOf } from '#libs/agents/index.js';
import type { Author } from '#libs/conversations/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Queues } from '#libs/routing/index.js';
import { DataSource } from 'typeorm';
import type { Console } from '../../apps/console/console.js';
import type { Chance } from './chance.js';
import type { Plan } from './plan.js';

export interface Entrance {
  accountId: string;
  connectionId: string;
  queueId: string;
}

/** Who is there, and where customers come in. */
export interface Office {
  agents: ReadonlyMap<string, { author: Author; capacity: number }>;
  supervisor: Author;
  /** For everybody, and for those who ask for the skill. */
  general: Entrance;
  special: Entrance | null;
}

/** People at work from the first moment on, in one queue or two. */
export async function furnish({ app }: Console, plan: Plan, chance: Chance): Promise<Office> {
  const database = app.get(DataSource);
  const doors = await Promise.all([door(app, '一般'), ...(plan.asking > 0 ? [door(app, '専門')] : [])]);
  const accountIds = doors.map(({ accountId }) => accountId);
  const [low, high] = plan.capacity;
  const people = Array.from({ length: plan.agents }, (_, place) => ({
    name: `agent ${place + 1}`,
    capacity: Math.floor(chance.between(low, high + 1, 'capacity', place)),
    skilled: chance.of('skilled', place) < plan.skilled,
    level: Math.floor(chance.between(1, 6, 'level', place)),
  }));
  const hired = await database.query<{ id: string; name: string }[]>(hireSql, [JSON.stringify(people), accountIds]);
  const idOf = new Map(hired.map(({ id, name }) => [name, id]));
  const ids = people.map(({ name }) => idOf.get(name)!);
  const usual = {
    strategy: plan.strategy,
    offerSeconds: plan.offerSeconds,
    wrapUpSeconds: plan.wrapUp,
    autoAccept: plan.autoAccept,
    serviceLevel: { ...plan.target, shortAbandonSeconds: 5, includeShortAbandons: false },
    members: ids.map((agentId) => ({ agentId, rank: 1, delaySeconds: 0 })),
  };
  const queues = app.get(Queues);
  const general = await queues.create({ name: '一般', accountIds: [accountIds[0]!], ...usual });
  let special: Entrance | null = null;
  if (doors[1]) {
    const [skill] = await database.query<{ id: string }[]>(skillSql, [
      JSON.stringify(people.flatMap(({ skilled, level }, place) => (skilled ? [{ agent_id: ids[place], level }] : []))),
    ]);
    const need = [{ skillId: skill!.id, level: 1 }];
    const relaxed = plan.relaxed === null ? [] : [{ afterSeconds: Math.round(plan.relaxed), need: [] }];
    const skillSteps = [{ afterSeconds: 0, need }, ...relaxed];
    const { id } = await queues.create({ name: '専門', accountIds: [accountIds[1]!], ...usual, skillSteps });
    special = { ...doors[1], queueId: id };
  }
  return {
    agents: new Map(
      people.map(({ name, capacity }, place) => [
        ids[place]!,
        {
          capacity,
          author: { agentId: ids[place]!, name, visibility: 'account', accountIds, permissions: may('agent') },
        },
      ]),
    ),
    supervisor: {
      agentId: idOf.get(SUPERVISOR)!,
      name: SUPERVISOR,
      visibility: 'all',
      accountIds,
      permissions: may('supervisor'),
    },
    general: { ...doors[0], queueId: general.id },
    special,
  };
}

const SUPERVISOR = 'supervisor';
const may = (role: 'agent' | 'supervisor'): Author['permissions'] => new Set(permissionsOf[role]);

function door(app: Console['app'], name: string): Promise<Omit<Entrance, 'queueId'>> {
  const accounts = app.get(Accounts);
  return app.get(Transactions).run(async (tx) => {
    const { id: accountId } = await accounts.create(tx, { name });
    const connection = await accounts.addConnection(tx, accountId, {
      wire: 'maap',
      settings: { baseUrl: 'http://127.0.0.1:1/rcs/bot/v1', botId: `${accountId}@botplatform.example` },
      credentials: { token: 'nobody', verificationToken: 'nobody' },
    });
    return { accountId, connectionId: connection.id };
  });
}

/** As if each had signed in, opened her console and pressed 受付可. */
const hireSql = `
  with person as (
    select name, capacity, place from rows from (jsonb_to_recordset($1::jsonb) as (name text, capacity int)) with ordinality
      p(name, capacity, place)
    union all select '${SUPERVISOR}', 1, 0
  ), hired as (
    insert into agents (name, email, password_hash, role, visibility, capacity)
    select name, replace(name, ' ', '') || '@simulation.example', '-',
      case when place = 0 then 'supervisor' else 'agent' end, case when place = 0 then 'all' else 'account' end, capacity
    from person order by place returning id, name
  ), entitled as (
    insert into agent_accounts (agent_id, account_id) select hired.id, a from hired, unnest($2::bigint[]) a
  )
  select id, name from hired`;

export const readySql = `update agent_runtime set connection = 'connected', routing = 'ready'
  where agent_id in (select id from agents where role = 'agent')`;

const skillSql = `
  with skill as (insert into skills (name) values ('専門') returning id), able as (
    insert into agent_skills (agent_id, skill_id, level)
    select r.agent_id, skill.id, r.level from skill, jsonb_to_recordset($1::jsonb) as r(agent_id bigint, level smallint)
  ) select id from skill`;
