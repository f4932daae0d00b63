import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';
import { ProcessNode } from '../support/process-node.js';
import { PeopleNode } from './people.js';
import type { Desk } from './people.js';
import { becomes, logOf, readyNow, stateOf } from './presence.js';

/** How long a dead node's sockets may count as alive; documented as two seconds. */
const GHOST_MS = 3_000;

let database: FreshDatabase;
/** Signs people in and looks at the database; nobody connects to it but where a test says so. */
let node: PeopleNode;
const processes: ProcessNode[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  node = await PeopleNode.start(database.url, { agentGraceSeconds: 30 });
});

afterAll(async () => {
  for (const each of processes) await each.killed();
  await node?.stop();
  await database?.drop();
});

const startsProcess = async (grace = '30'): Promise<ProcessNode> => {
  const started = await ProcessNode.start(database.url, {
    AGENT_GRACE_SECONDS: grace,
  });
  processes.push(started);
  return started;
};
const deskAt = (desk: Desk, url: string): Desk => {
  const there = node.desk();
  const moved = Object.assign(Object.create(Object.getPrototypeOf(there) as object) as Desk, { url });
  moved.cookie = desk.cookie;
  return moved;
};

describe('a node that is killed', { timeout: 90_000 }, () => {
  it('leaves no ghost: who sat only there is in grace, who sits elsewhere too notices nothing', async () => {
    const [a, b] = [await startsProcess(), await startsProcess()];
    const people = await Promise.all(
      ['only there', 'at both', 'at both by two devices'].map(async (name) => {
        const person = await node.person({ name, email: `${randomUUID()}@people.example` });
        return { person, desk: await node.signedInDesk(person), other: await node.signedInDesk(person) };
      }),
    );
    const [only, both, devices] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
    await deskAt(only.desk, a.url).connected();
    await deskAt(both.desk, a.url).connected();
    await deskAt(both.desk, b.url).connected();
    await deskAt(devices.desk, a.url).connected();
    await deskAt(devices.other, b.url).connected();
    for (const { person, desk } of people) {
      await readyNow(desk);
      await becomes(node, person.id, 'connected');
    }
    const before = await Promise.all(people.map(({ person }) => logOf(node, person.id)));

    const killedAt = Date.now();
    await a.killed();
    await becomes(node, only.person.id, 'grace');
    expect(Date.now() - killedAt).toBeLessThan(GHOST_MS);
    const { graceUntil } = await stateOf(node, only.person.id);
    expect(graceUntil!.getTime() - killedAt).toBeGreaterThan(29_000);
    expect(await logOf(node, only.person.id)).toEqual([...before[0]!, 'connection connected>grace node_lost server']);
    for (const place of [1, 2]) {
      const { person } = people[place]!;
      expect(await stateOf(node, person.id)).toMatchObject({ connection: 'connected', routing: 'ready' });
      expect(await logOf(node, person.id)).toEqual(before[place]);
    }
    // Back on the other node, she never lost her place.
    await deskAt(only.desk, b.url).connected();
    await becomes(node, only.person.id, 'connected');
    expect(await stateOf(node, only.person.id)).toMatchObject({ routing: 'ready', graceUntil: null });
    await b.killed();
  });

  it('does not take a deadline with it: another node ends the grace', async () => {
    const a = await startsProcess('5');
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const socket = await deskAt(desk, a.url).connected();
    await becomes(node, aoi.id, 'connected');
    socket.close();
    await becomes(node, aoi.id, 'grace');
    const { graceUntil } = await stateOf(node, aoi.id);
    await a.killed();
    await becomes(node, aoi.id, 'disconnected');
    expect(Date.now() - graceUntil!.getTime()).toBeLessThan(2_000);
    expect(await logOf(node, aoi.id)).toContain('connection grace>disconnected grace_over server');
  });

  it('was the last one: whoever opens the house again gives everybody her time to come back', async () => {
    const own = await freshDatabase();
    const clerk = await PeopleNode.start(own.url, { agentGraceSeconds: 5 });
    let last: ProcessNode | undefined;
    try {
      last = await ProcessNode.start(own.url, { AGENT_GRACE_SECONDS: '5' });
      const [connected, lost] = [await clerk.person(), await clerk.person()];
      const [here, gone] = [await clerk.signedInDesk(connected), await clerk.signedInDesk(lost)];
      await deskAt(here, last.url).connected();
      const socket = await deskAt(gone, last.url).connected();
      await becomes(clerk, lost.id, 'connected');
      await becomes(clerk, connected.id, 'connected');
      socket.close();
      await becomes(clerk, lost.id, 'grace');
      const { graceUntil } = await stateOf(clerk, lost.id);
      await clerk.stop();
      await last.killed();
      // Nobody is there while the deadline passes.
      await eventually(() => Date.now() > graceUntil!.getTime() + 500, 'the deadline to pass');
      const opened = Date.now();
      const reopened = await PeopleNode.start(own.url, { agentGraceSeconds: 5 });
      try {
        const renewed = await stateOf(reopened, lost.id);
        expect(renewed.connection).toBe('grace');
        expect(renewed.graceUntil!.getTime()).toBeGreaterThanOrEqual(opened + 4_900);
        await becomes(reopened, connected.id, 'grace');
        const back = await deskAt(gone, reopened.url).connected();
        await becomes(reopened, lost.id, 'connected');
        await becomes(reopened, connected.id, 'disconnected');
        back.close();
      } finally {
        await reopened.stop();
      }
    } finally {
      await last?.killed();
      await own.drop();
    }
  });
});
