import fc from 'fast-check';
import { DataSource } from 'typeorm';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentRuntime } from '#libs/agents/index.js';
import { SocketLedger } from '../../libs/agents/socket-ledger.service.js';
import { awayReasons } from '#libs/contracts/index.js';
import type { AgentEvent, AgentStateView, AgentView, AgentsWatchResult, SkillView } from '#libs/contracts/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';
import { PeopleNode } from './people.js';
import type { Desk, Fault } from './people.js';
import { becomes, hears, layersByLog, logOf, mine, readyNow, stateOf } from './presence.js';

let database: FreshDatabase;
let node: PeopleNode;
let other: PeopleNode;
let admin: Desk;

beforeAll(async () => {
  database = await freshDatabase();
  node = await PeopleNode.start(database.url);
  other = await PeopleNode.start(database.url);
  admin = await node.signedInDesk(await node.person({ name: 'Admin', role: 'admin' }));
});

afterAll(async () => {
  await node?.stop();
  await other?.stop();
  await database?.drop();
});

const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => node.app.get(Transactions).run(work);
const watches = (socket: Socket): Promise<AgentsWatchResult> =>
  socket.emitWithAck('agents:watch', {}) as Promise<AgentsWatchResult>;
const states = async (desk: Desk): Promise<AgentStateView[]> =>
  (await desk.send<AgentStateView[]>('GET', '/api/agents/states')).body;

describe('the state menu', () => {
  it('sets ready, and not ready with a reason, in one row each', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    expect(await mine(desk)).toMatchObject({
      agentId: aoi.id,
      connection: 'disconnected',
      routing: 'not_ready',
      reason: null,
      notResponding: false,
      state: 'offline',
      capacity: 3,
      used: null,
    });
    const walk: object[] = [{ routing: 'ready' }];
    for (const reason of awayReasons) walk.push({ routing: 'not_ready', reason });
    walk.push({ routing: 'not_ready' }, { routing: 'ready', reason: null }, { routing: 'ready' });
    let version = (await mine(desk)).version;
    for (const body of walk) {
      const answer = await desk.send<AgentStateView>('PUT', '/api/agents/me/state', body);
      expect({ body, status: answer.status }).toEqual({ body, status: 200 });
      expect(answer.body).toMatchObject({ reason: null, ...body });
      expect(answer.body.version).toBeGreaterThanOrEqual(version);
      version = answer.body.version;
    }
    expect(await logOf(node, aoi.id)).toEqual([
      `routing not_ready>ready - ${aoi.id}`,
      `routing ready>not_ready break ${aoi.id}`,
      ...['meal', 'training', 'meeting', 'other', '-'].map(
        (reason) => `routing not_ready>not_ready ${reason} ${aoi.id}`,
      ),
      `routing not_ready>ready - ${aoi.id}`,
    ]);
  });

  it('is told which field is wrong', async () => {
    const desk = await node.signedInDesk(await node.person());
    const faults: [unknown, string][] = [
      [{}, 'routing'],
      [{ routing: 'busy' }, 'routing'],
      [{ routing: null }, 'routing'],
      [{ routing: 'not_ready', reason: 'golf' }, 'reason'],
      [{ routing: 'not_ready', reason: 3 }, 'reason'],
      [{ routing: 'ready', reason: 'meal' }, 'reason'],
      [{ routing: 'ready', until: 'noon' }, 'until'],
    ];
    for (const [body, field] of faults) {
      const answer = await desk.send<Fault>('PUT', '/api/agents/me/state', body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      expect(answer.body.error.fields!.map((one) => one.field)).toContain(field);
    }
    expect((await mine(desk)).version).toBe(0);
  });

  it('takes whoever did not respond back by 復帰, and by any choice of her own', async () => {
    const runtime = node.app.get(AgentRuntime);
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.connected();
    await readyNow(desk);
    await becomes(node, aoi.id, 'connected');
    const misses = () => inTx((tx) => runtime.markNotResponding(tx, aoi.id));
    await misses();
    expect(await mine(desk)).toMatchObject({ state: 'not_responding', routing: 'ready' });
    expect((await desk.send<AgentStateView>('POST', '/api/agents/me/state/resume')).body).toMatchObject({
      state: 'idle',
      notResponding: false,
    });
    await misses();
    await misses();
    await desk.send('PUT', '/api/agents/me/state', { routing: 'not_ready', reason: 'break' });
    expect(await mine(desk)).toMatchObject({ state: 'away', notResponding: false });
    expect((await logOf(node, aoi.id)).filter((row) => row.startsWith('responding'))).toEqual([
      'responding responding>not_responding offer_expired server',
      `responding not_responding>responding resumed ${aoi.id}`,
      'responding responding>not_responding offer_expired server',
      `responding not_responding>responding chosen ${aoi.id}`,
    ]);
    socket.close();
  });
});

describe('a supervisor', () => {
  it('sets the state of a colleague, tells her at once, and is named in the log', async () => {
    const account = await node.account();
    const boss = await node.person({ role: 'supervisor', accountIds: [account.id] });
    const aoi = await node.person({ accountIds: [account.id] });
    const desk = await node.signedInDesk(boss);
    const socket = await (await node.signedInDesk(aoi)).at(other).connected();
    const heard = hears(socket);
    const answer = await desk.send<AgentStateView>('PUT', `/api/agents/${aoi.id}/state`, {
      routing: 'not_ready',
      reason: 'meeting',
    });
    expect(answer.body).toMatchObject({ agentId: aoi.id, routing: 'not_ready', reason: 'meeting' });
    await eventually(() => heard.some(({ reason }) => reason === 'meeting'), 'her own screen to be told');
    expect(await logOf(node, aoi.id)).toContain(`routing not_ready>not_ready meeting ${boss.id}`);
    socket.close();
  });

  it('restores by ready whoever did not respond; not by anything else', async () => {
    const account = await node.account();
    const desk = await node.signedInDesk(await node.person({ role: 'supervisor', accountIds: [account.id] }));
    const aoi = await node.person({ accountIds: [account.id] });
    await inTx((tx) => node.app.get(AgentRuntime).markNotResponding(tx, aoi.id));
    await desk.send('PUT', `/api/agents/${aoi.id}/state`, { routing: 'not_ready', reason: 'other' });
    expect((await stateOf(node, aoi.id)).notResponding).toBe(true);
    await desk.send('PUT', `/api/agents/${aoi.id}/state`, { routing: 'ready' });
    expect(await stateOf(node, aoi.id)).toMatchObject({ notResponding: false, routing: 'ready' });
  });

  it('reaches colleagues only, and agents reach nobody', async () => {
    const [ours, theirs] = [await node.account(), await node.account()];
    const boss = await node.signedInDesk(await node.person({ role: 'supervisor', accountIds: [ours.id] }));
    const stranger = await node.person({ accountIds: [theirs.id] });
    const gone = await node.person({ accountIds: [ours.id] });
    await admin.send('PATCH', `/api/agents/${gone.id}`, { active: false });
    for (const id of [stranger.id, gone.id, '999999', 'abc', '0']) {
      const answer = await boss.send('PUT', `/api/agents/${id}/state`, { routing: 'ready' });
      expect({ id, status: answer.status }).toEqual({ id, status: 404 });
    }
    const ren = await node.person({ accountIds: [ours.id] });
    const aoi = await node.signedInDesk(await node.person({ accountIds: [ours.id] }));
    expect((await aoi.send('PUT', `/api/agents/${ren.id}/state`, { routing: 'ready' })).status).toBe(403);
    expect((await node.desk().send('PUT', '/api/agents/me/state', { routing: 'ready' })).status).toBe(401);
    expect(await logOf(node, ren.id)).toEqual([]);
  });
});

describe('whoever looks at colleagues', () => {
  it('sees those of her accounts and those of all, and hears of exactly the same', async () => {
    const [ours, theirs] = [await node.account(), await node.account()];
    const people = {
      colleague: await node.person({ accountIds: [ours.id] }),
      stranger: await node.person({ accountIds: [theirs.id] }),
      everywhere: await node.person({ visibility: 'all', role: 'supervisor' }),
      nowhere: await node.person(),
    };
    const lookers = {
      aoi: await node.signedInDesk(await node.person({ accountIds: [ours.id] })),
      all: await node.signedInDesk(await node.person({ visibility: 'all', role: 'supervisor' })),
      admin,
    };
    for (const desk of Object.values(lookers)) {
      const socket = await desk.at(other).connected();
      expect(await watches(socket)).toEqual({ ok: true });
      const seen = new Set((await states(desk)).map(({ agentId }) => agentId));
      const heard = hears(socket);
      for (const { id } of Object.values(people))
        await inTx((tx) => node.app.get(AgentRuntime).setState(tx, id, { routing: 'not_ready', reason: 'meal' }, id));
      // Her own comes last, and she always hears it.
      await desk.send('PUT', '/api/agents/me/state', { routing: 'not_ready', reason: 'training' });
      const expected = Object.values(people).filter(({ id }) => seen.has(id));
      await eventually(
        () => expected.every(({ id }) => heard.some(({ agentId }) => agentId === id)),
        'news of everybody whom she sees',
      );
      for (const { id } of Object.values(people))
        await inTx((tx) => node.app.get(AgentRuntime).setState(tx, id, { routing: 'ready', reason: null }, id));
      await eventually(
        () => expected.every(({ id }) => heard.some(({ agentId, routing }) => agentId === id && routing === 'ready')),
        'the second news',
      );
      expect(heard.filter(({ agentId }) => !seen.has(agentId))).toEqual([]);
      socket.close();
    }
    const seenBy = async (desk: Desk) => (await states(desk)).map(({ agentId }) => agentId);
    expect(await seenBy(lookers.aoi)).toEqual(expect.arrayContaining([people.colleague.id, people.everywhere.id]));
    expect(await seenBy(lookers.aoi)).not.toEqual(expect.arrayContaining([people.stranger.id]));
    expect(await seenBy(lookers.all)).toEqual(expect.arrayContaining(Object.values(people).map(({ id }) => id)));
  });

  it('hears a storm gathered, at most once a second, with the newest of each', async () => {
    const account = await node.account();
    const crowd = await Promise.all(Array.from({ length: 12 }, () => node.person({ accountIds: [account.id] })));
    const desk = await node.signedInDesk(await node.person({ role: 'supervisor', accountIds: [account.id] }));
    const socket = await desk.at(other).connected();
    await watches(socket);
    const events: AgentStateView[][] = [];
    const crowded = new Set(crowd.map(({ id }) => id));
    // Her own coming is told too, and apart.
    socket.on('agent:changed', ({ states: told }: AgentEvent) => {
      const some = told.filter(({ agentId }) => crowded.has(agentId));
      if (some.length > 0) events.push(some);
    });
    const begun = Date.now();
    for (let round = 0; round < 5; round += 1) {
      for (const { id } of crowd) {
        const reason = awayReasons[round]!;
        await inTx((tx) => node.app.get(AgentRuntime).setState(tx, id, { routing: 'not_ready', reason }, id));
      }
    }
    const newest = new Map<string, AgentStateView>();
    await eventually(() => {
      for (const state of events.flat())
        if (state.version >= (newest.get(state.agentId)?.version ?? 0)) newest.set(state.agentId, state);
      return crowd.every(({ id }) => newest.get(id)?.reason === 'other');
    }, 'the end of the storm');
    // One at the beginning, then one a second.
    expect(events.length).toBeLessThanOrEqual(2 + (Date.now() - begun) / 1_000);
    expect(events.flat().length).toBeLessThan(60);
    socket.close();
  });

  it('hears nothing without looking, after looking away, and once her right is gone', async () => {
    const [ours, theirs] = [await node.account(), await node.account()];
    const ren = await node.person({ accountIds: [ours.id] });
    const kim = await node.person({ accountIds: [theirs.id] });
    const watcher = await node.person({ accountIds: [ours.id] });
    const desk = await node.signedInDesk(watcher);
    const [looks, never, away] = [await desk.connected(), await desk.connected(), await desk.connected()];
    expect(await watches(looks)).toEqual({ ok: true });
    expect(await watches(away)).toEqual({ ok: true });
    away.emit('agents:unwatch', {});
    const heard = [looks, never, away].map(hears);
    const changes = async (id: string, reason: (typeof awayReasons)[number]) =>
      inTx((tx) => node.app.get(AgentRuntime).setState(tx, id, { routing: 'not_ready', reason }, id));
    await changes(ren.id, 'meal');
    await eventually(() => heard[0]!.some(({ agentId }) => agentId === ren.id), 'the news');
    // From one account to the other: what she hears follows at once.
    await admin.send('PATCH', `/api/agents/${watcher.id}`, { accountIds: [theirs.id] });
    heard[0]!.length = 0;
    await changes(ren.id, 'break');
    await changes(kim.id, 'break');
    await eventually(() => heard[0]!.some(({ agentId }) => agentId === kim.id), 'news of the new colleague');
    expect(heard[0]!.filter(({ agentId }) => agentId === ren.id)).toEqual([]);
    expect(heard[1]).toEqual([]);
    expect(heard[2]).toEqual([]);
    for (const socket of [looks, never, away]) socket.close();
  });
});

describe('what an agent holds', () => {
  it('comes from whoever counts it, and says busy, full and after-contact', async () => {
    const third = await PeopleNode.start(database.url);
    try {
      const load = { used: 0, wrapUp: 0 };
      third.app.get(AgentRuntime).countWith(async (ids) => new Map(ids.map((id) => [id, { ...load }])));
      const aoi = await third.person({ capacity: 2 });
      const desk = await third.signedInDesk(aoi);
      const socket = await desk.connected();
      const heard = hears(socket);
      await readyNow(desk);
      await becomes(third, aoi.id, 'connected');
      for (const [used, wrapUp, state] of [
        [1, 0, 'busy'],
        [2, 0, 'full'],
        [2, 1, 'after_contact'],
        [0, 0, 'idle'],
      ] as const) {
        Object.assign(load, { used, wrapUp });
        const before = (await mine(desk)).version;
        await third.app.get(Transactions).run((tx) => third.app.get(AgentRuntime).touchAssigned(tx, [aoi.id]));
        await eventually(
          () => heard.some((told) => told.version > before && told.used === used && told.state === state),
          `her screen to say ${state}`,
        );
      }
      const standing = (await third.app.get(AgentRuntime).standings([aoi.id])).get(aoi.id)!;
      expect(standing.lastAssignedAt).toBeInstanceOf(Date);
      socket.close();
    } finally {
      await third.stop();
    }
  });
});

describe('skills and capacity', () => {
  it('are kept by an admin and read by everybody', async () => {
    const made = await admin.send<SkillView>('POST', '/api/skills', { name: ' 英語 ' });
    expect(made).toMatchObject({ status: 201, body: { name: '英語' } });
    expect((await admin.send<Fault>('POST', '/api/skills', { name: '英語' })).body.error.code).toBe('conflict');
    const product = (await admin.send<SkillView>('POST', '/api/skills', { name: 'Product A' })).body;
    expect((await admin.send('PATCH', `/api/skills/${product.id}`, { name: 'product a' })).status).toBe(200);
    expect((await admin.send('PATCH', `/api/skills/${product.id}`, { name: '英語' })).status).toBe(409);
    expect((await admin.send('PATCH', '/api/skills/999999', { name: 'x' })).status).toBe(404);
    const aoi = await node.signedInDesk(await node.person());
    expect((await aoi.send<SkillView[]>('GET', '/api/skills')).body).toContainEqual(made.body);
    for (const [method, path] of [
      ['POST', '/api/skills'],
      ['PATCH', `/api/skills/${product.id}`],
      ['DELETE', `/api/skills/${product.id}`],
    ] as const)
      expect((await aoi.send(method, path, { name: 'x' })).status).toBe(403);
    for (const name of ['', '   ', 'x'.repeat(61), 'a\nb', 7, null])
      expect((await admin.send('POST', '/api/skills', { name })).status).toBe(400);
  });

  it('are given to agents, checked, and taken away with the skill', async () => {
    const makes = async (name: string) => (await admin.send<SkillView>('POST', '/api/skills', { name })).body;
    const english = await makes('English');
    const korean = await makes('한국어');
    const aoi = await node.person();
    const path = `/api/agents/${aoi.id}`;
    const skills = [
      { skillId: english.id, level: 4 },
      { skillId: korean.id, level: 1 },
    ];
    const edited = await admin.send<AgentView>('PATCH', path, { capacity: 5, skills });
    expect(edited.body).toEqual({ ...aoi, capacity: 5, skills });
    expect((await admin.send<AgentView>('PATCH', path, { name: 'Aoi' })).body).toMatchObject({ capacity: 5, skills });
    const standing = (await node.app.get(AgentRuntime).standings([aoi.id])).get(aoi.id)!;
    expect(standing.capacity).toBe(5);
    expect([...standing.skills]).toEqual(skills.map(({ skillId, level }) => [skillId, level]));
    const faults: [object, string][] = [
      [{ capacity: -1 }, 'capacity'],
      [{ capacity: 101 }, 'capacity'],
      [{ capacity: 1.5 }, 'capacity'],
      [{ capacity: null }, 'capacity'],
      [{ skills: [{ skillId: english.id, level: 0 }] }, 'skills.0.level'],
      [{ skills: [{ skillId: english.id, level: 6 }] }, 'skills.0.level'],
      [{ skills: [{ skillId: 'x', level: 1 }] }, 'skills.0.skillId'],
      [{ skills: [{ skillId: '999999', level: 1 }] }, 'skills'],
      [{ skills: [skills[0], skills[0]] }, 'skills'],
      [{ skills: 'all' }, 'skills'],
    ];
    for (const [body, field] of faults) {
      const answer = await admin.send<Fault>('PATCH', path, body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      expect(answer.body.error.fields!.map((one) => one.field)).toContain(field);
    }
    expect((await admin.send('DELETE', `/api/skills/${korean.id}`)).status).toBe(204);
    expect((await admin.send('DELETE', `/api/skills/${korean.id}`)).status).toBe(404);
    const everybody = await admin.send<AgentView[]>('GET', '/api/agents');
    expect(everybody.body.find(({ id }) => id === aoi.id)!.skills).toEqual([skills[0]]);
  });

  it('may let somebody be asked who could not be: whoever gives work is told', async () => {
    const aoi = await node.person({ capacity: 0 });
    const told: string[][] = [];
    node.app.get(AgentRuntime).onBecameAvailable((_, agentIds) => void told.push(agentIds));
    await admin.send('PATCH', `/api/agents/${aoi.id}`, { capacity: 2 });
    // She is not even here.
    expect(told.flat()).not.toContain(aoi.id);
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.connected();
    await becomes(node, aoi.id, 'connected');
    await readyNow(desk);
    const before = told.flat().filter((id) => id === aoi.id).length;
    await admin.send('PATCH', `/api/agents/${aoi.id}`, { capacity: 4 });
    await admin.send('PATCH', `/api/agents/${aoi.id}`, { skills: [] });
    expect(told.flat().filter((id) => id === aoi.id).length).toBe(before + 2);
    socket.close();
  });
});

describe('the log', () => {
  it('adds up to what the layers are, whoever changes what, and however many at once', async () => {
    const runtime = node.app.get(AgentRuntime);
    const act = fc.oneof(
      fc.record({ kind: fc.constant('own' as const), reason: fc.constantFrom(null, ...awayReasons) }),
      fc.record({ kind: fc.constant('forced' as const), reason: fc.constantFrom(null, ...awayReasons) }),
      fc.record({ kind: fc.constantFrom('miss' as const, 'resume' as const) }),
      fc.record({ kind: fc.constantFrom('connect' as const, 'leave' as const, 'signOut' as const) }),
    );
    const boss = await node.person({ role: 'supervisor' });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), fc.boolean(), async (acts, atOnce) => {
        const aoi = await node.person();
        const db = node.app.get(DataSource);
        const [session] = await db.query<{ id: string }[]>(
          `insert into sessions (agent_id, token_hash, expires_at)
           values ($1, sha256(random()::text::bytea), now() + interval '1 hour') returning id`,
          [aoi.id],
        );
        const steps = acts.map((one) => async () => {
          await inTx(async (tx) => {
            if (one.kind === 'own' || one.kind === 'forced') {
              const choice = {
                routing: one.reason === null ? ('ready' as const) : ('not_ready' as const),
                reason: one.reason,
              };
              await runtime.setState(tx, aoi.id, choice, one.kind === 'own' ? aoi.id : boss.id);
            } else if (one.kind === 'miss') await runtime.markNotResponding(tx, aoi.id);
            else if (one.kind === 'resume') await runtime.resume(tx, aoi.id, aoi.id);
            else await connection(tx, one.kind, aoi.id, session!.id);
          });
        });
        if (atOnce) await Promise.all(steps.map((step) => step()));
        else for (const step of steps) await step();
        const { graceUntil, ...layers } = await stateOf(node, aoi.id);
        expect(await layersByLog(node, aoi.id)).toEqual(layers);
        expect(graceUntil === null).toBe(layers.connection !== 'grace');
        const [times] = await db.query<{ ordered: boolean }[]>(
          `select coalesce(bool_and(at >= before), true) as ordered from (
             select at, lag(at, 1, at) over (order by id) as before from agent_state_log where agent_id = $1) l`,
          [aoi.id],
        );
        expect(times!.ordered).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

/** What sockets bring about, without sockets: sixty walks would open hundreds. */
async function connection(tx: Tx, kind: 'connect' | 'leave' | 'signOut', agentId: string, session: string) {
  const ledger = node.app.get(SocketLedger);
  // The number of nobody's node, but one without a lock would be cleared away: it is this node's own.
  const [own] = await tx.query<{ node: number }>(`select min(objid)::int as node from pg_locks where classid = 7002`);
  if (kind === 'signOut') await ledger.signOut(tx, agentId, { session }, agentId);
  else await ledger.settle(tx, own!.node, [agentId], () => (kind === 'connect' ? [session] : []), 'lost');
}
