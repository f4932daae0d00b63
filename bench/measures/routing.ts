import { DataSource } from 'typeorm';
import { permissionsOf } from '#libs/agents/index.js';
import { Conversations, type Author } from '#libs/conversations/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { crowd, type Crowd } from '../database/crowding.js';
import { sessionsOf, withClient, type Session } from '../database/premises.js';
import { agentSocket, connected, inGroups } from '../load/agent-socket.js';
import { request } from '../load/http-line.js';
import { Lines, openLoop } from '../load/loops.js';
import { inTime, within } from '../load/within.js';
import { quantile } from '../report/figure.js';
import type { Stage } from '../stage.js';
import type { Measure, Slice } from './measure.js';

const RATE = 20;
const AGENTS = 200;
const WAITING = 2_000;
/** So many more wait at first, for those that are placed meanwhile. */
const SPARE = { freed: 1_000, matching: AGENTS };
const LENGTHS = [100, 2_000, 10_000];
const PLACED = 15;

/** How soon a freed slot is somebody's offer, and what it costs to find whose. */
export const routing: Measure = {
  names: ['routing.freed-to-offer', 'matching.', 'growth.matching'],

  async prepare(stage, { seconds, quick }) {
    return [await freedToOffer(stage, quick ? seconds : Math.max(seconds, 5)), ...(await matching(stage))];
  },

  figures(samples) {
    return [
      samples.figure('routing.freed-to-offer.p50', 'ms'),
      samples.figure('routing.freed-to-offer.p99', 'ms'),
      ...LENGTHS.flatMap((length) => [
        samples.figure(`matching.statements.${length}`, 'statements'),
        samples.figure(`matching.ms.${length}`, 'ms'),
      ]),
      samples.ratio('growth.matching', `matching.ms.${LENGTHS.at(-1)}`, `matching.ms.${LENGTHS[0]}`),
    ];
  },
};

/**
 * Everybody's hands are full, very many wait. Twenty times a second somebody closes a contact; measured is from her request's
 * leaving until the next one rings on her screen. Whoever is asked accepts at once, so that the same goes on for ever.
 */
async function freedToOffer(stage: Stage, seconds: number): Promise<Slice> {
  const { databaseUrl } = await stage.site('queueing');
  const { agentIds } = await withClient(databaseUrl, (client) =>
    crowd(client, 'crowd', { agents: AGENTS, capacity: 3, waiting: WAITING + SPARE.freed, offerSeconds: 120 }),
  );
  const sessions = await sessionsOf(databaseUrl, agentIds);
  const console = await stage.console('queueing');
  const desks = sessions.map((session) => new Desk(console.url, session));
  const held = await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string; assignee_id: string }>(
      'select id, assignee_id from conversations where assignee_id = any($1::bigint[]) and contact_id is not null order by id',
      [agentIds],
    );
    return rows;
  });
  for (const { id, assignee_id } of held) desks[agentIds.indexOf(assignee_id)]!.hands.push(id);
  return async (samples) => {
    const lines = await Lines.open(console.url);
    await inGroups(desks, 50, (desk) => desk.sits());
    await within(() => desks.every(({ seated }) => seated), 'everybody to sit down');
    await placed(databaseUrl);
    const latencies: number[] = [];
    const rings: Promise<void>[] = [];
    let place = 0;
    await openLoop(RATE, seconds, () => {
      // In turn, so that nobody is asked for the next while she still answers the one before.
      const desk = desks[place++ % desks.length]!;
      rings.push(desk.closesOne(lines).then((ms) => void latencies.push(ms)));
    });
    await Promise.all(rings);
    lines.close();
    for (const desk of desks) desk.leaves();
    samples.add('routing.freed-to-offer.p50', quantile(latencies, 0.5));
    samples.add('routing.freed-to-offer.p99', quantile(latencies, 0.99));
  };
}

/** Everybody who waits has been looked at, and nothing that could be placed is left. */
async function placed(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await within(
      async () => {
        const { rows } = await client.query<{ fresh: boolean }>(
          `select exists (select from contacts where queue_id is not null and state = 'queued' and need_key is null) as fresh`,
        );
        return !rows[0]!.fresh;
      },
      'the waiting to have their places',
      120_000,
    );
  });
}

/** An agent with full hands. */
class Desk {
  readonly hands: string[] = [];
  seated = false;
  private readonly socket;
  private rings: ((at: number) => void) | null = null;

  constructor(
    url: string,
    private readonly session: Session,
  ) {
    this.socket = agentSocket(url, session);
  }

  async sits(): Promise<void> {
    await connected(this.socket);
    this.seated = true;
  }

  leaves(): void {
    this.seated = false;
    this.socket.disconnect();
  }

  /** @returns milliseconds from the closing to the next ringing */
  async closesOne(lines: Lines): Promise<number> {
    const id = this.hands.shift();
    if (id === undefined) throw new Error('an agent has nothing in hand');
    if (this.rings) throw new Error('an agent was still waiting for the offer before');
    let offered = { id: '', conversationId: '' };
    const rung = new Promise<number>((resolve) => {
      this.rings = resolve;
      this.socket.once('offer:made', (offer) => {
        offered = offer;
        resolve(performance.now());
      });
    });
    const headers = { cookie: this.session.cookie };
    const started = performance.now();
    const closed = lines.ask(request('POST', `/api/conversations/${id}/close`, headers, '{}'));
    const at = await inTime(rung, 'the next offer');
    this.rings = null;
    await closed;
    await lines.ask(request('POST', `/api/offers/${offered.id}/accept`, headers, '{}'));
    this.hands.push(offered.conversationId);
    return at - started;
  }
}

/** The one transaction that looks and places, with so many waiting; beside each other in one database. */
async function matching(stage: Stage): Promise<Slice[]> {
  const { databaseUrl } = await stage.site('matching');
  const crowds = await withClient(databaseUrl, async (client) => {
    const made: Crowd[] = [];
    for (const waiting of LENGTHS)
      made.push(
        await crowd(client, `length ${waiting}`, {
          agents: AGENTS,
          capacity: 1,
          waiting: waiting + SPARE.matching,
          offerSeconds: 600,
        }),
      );
    return made;
  });
  const { app } = await stage.house('matching');
  // Only now: a house that opens looks who is really there.
  await app
    .get(DataSource)
    .query(`update agent_runtime set connection = 'connected' where agent_id = any($1::bigint[])`, [
      crowds.flatMap(({ agentIds }) => agentIds),
    ]);
  const counted = new Counted(app.get(Transactions));
  await placed(databaseUrl);
  return LENGTHS.map((length, place): Slice => {
    const left = [...crowds[place]!.agentIds];
    return async (samples) => {
      const all: Placement[] = [];
      for (let turn = 0; turn < PLACED; turn += 1) {
        const agentId = left.shift()!;
        const author: Author = {
          agentId,
          name: 'bench',
          visibility: 'all',
          accountIds: [],
          permissions: new Set(permissionsOf.agent),
        };
        const [held] = await app
          .get(DataSource)
          .query<{ id: string }[]>('select id from conversations where assignee_id = $1', [agentId]);
        const next = counted.next();
        await app.get(Conversations).close(author, held!.id);
        all.push(await inTime(next, 'the placement'));
      }
      samples.add(
        `matching.ms.${length}`,
        quantile(
          all.map(({ ms }) => ms),
          0.5,
        ),
      );
      samples.add(`matching.statements.${length}`, Math.max(...all.map(({ statements }) => statements)));
    };
  });
}

interface Placement {
  statements: number;
  ms: number;
}

/** Counts what the transaction that places does, from its beginning until it is committed. */
class Counted {
  private heard: ((placement: Placement) => void) | null = null;

  constructor(transactions: Transactions) {
    const run = transactions.run.bind(transactions);
    transactions.run = async (work) => {
      const own = { statements: 0, places: false };
      const started = performance.now();
      const result = await run((tx) => {
        count(tx, own);
        return work(tx);
      });
      if (own.places) this.heard?.({ statements: own.statements, ms: performance.now() - started });
      return result;
    };
  }

  next(): Promise<Placement> {
    return new Promise((resolve) => (this.heard = resolve));
  }
}

function count(tx: Tx, own: { statements: number; places: boolean }): void {
  const [query, prepared, beforeCommit] = [tx.query.bind(tx), tx.prepared.bind(tx), tx.beforeCommit.bind(tx)];
  tx.query = (...given) => {
    own.statements += 1;
    return query(...given);
  };
  tx.prepared = (...given) => {
    own.statements += 1;
    own.places ||= given[0] === 'decisions.write';
    return prepared(...given);
  };
  tx.beforeCommit = (statement) => {
    own.statements += 1;
    beforeCommit(statement);
  };
}
