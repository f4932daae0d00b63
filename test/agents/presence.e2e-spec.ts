import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AgentRuntime } from '#libs/agents/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Line } from '../support/line.js';
import { eventually } from '../support/eventually.js';
import { freshDatabase } from '../support/postgres.js';
import type { FreshDatabase } from '../support/postgres.js';
import { PeopleNode, connects } from './people.js';
import type { Desk } from './people.js';
import { becomes, hears, layersByLog, logOf, mine, readyNow, stateOf } from './presence.js';

const GRACE_SECONDS = 1;

let database: FreshDatabase;
let node: PeopleNode;
let other: PeopleNode;
const nodes: PeopleNode[] = [];

const opens = async (seconds = GRACE_SECONDS): Promise<PeopleNode> => {
  const opened = await PeopleNode.start(database.url, { agentGraceSeconds: seconds });
  nodes.push(opened);
  return opened;
};

beforeAll(async () => {
  database = await freshDatabase();
  [node, other] = [await opens(), await opens()];
});
afterEach(() => {
  left.length = 0;
});
afterAll(async () => {
  for (const each of nodes) await each.stop();
  await database?.drop();
});

/** Who was told to have left, on any node. */
const left: string[] = [];

const query = <R>(sql: string, params: unknown[] = []): Promise<R[]> => node.app.get(DataSource).query(sql, params);
const byServer = (from: string, to: string, reason: string): string => `connection ${from}>${to} ${reason} server`;

describe('the connection layer', () => {
  it('counts all tabs and devices on all nodes together, with one row per change', async () => {
    const aoi = await node.person();
    const [desktop, phone] = [await node.signedInDesk(aoi), await node.signedInDesk(aoi)];
    const tabs = [await desktop.connected(), await desktop.at(other).connected(), await desktop.connected()];
    const device = await phone.at(other).connected();
    await becomes(node, aoi.id, 'connected');
    const before = await stateOf(node, aoi.id);
    for (const tab of tabs) tab.close();
    await eventually(
      async () => (await query('select from agent_sockets where agent_id = $1', [aoi.id])).length === 1,
      'only the phone to be written down',
    );
    expect(await stateOf(node, aoi.id)).toEqual(before);
    device.close();
    await becomes(node, aoi.id, 'grace');
    expect(await logOf(node, aoi.id)).toEqual([
      byServer('disconnected', 'connected', 'came'),
      byServer('connected', 'grace', 'lost'),
    ]);
  });

  it('keeps her place for the time of grace, to the deadline in the row, and then says that she left', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.connected();
    await readyNow(desk);
    socket.close();
    await becomes(node, aoi.id, 'grace');
    const grace = await stateOf(node, aoi.id);
    expect(await mine(desk)).toMatchObject({ state: 'grace', graceUntil: grace.graceUntil!.toISOString() });
    await becomes(node, aoi.id, 'disconnected');
    const [row] = await query<{ at: Date }>(
      `select at from agent_state_log where agent_id = $1 and to_state = 'disconnected'`,
      [aoi.id],
    );
    const late = row!.at.getTime() - grace.graceUntil!.getTime();
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(2_000);
    // She chose ready, and only her line was lost: back again, she is ready.
    expect(await stateOf(node, aoi.id)).toMatchObject({ routing: 'ready', graceUntil: null });
    const back = await desk.at(other).connected();
    await becomes(node, aoi.id, 'connected');
    expect(await mine(desk)).toMatchObject({ state: 'idle', routing: 'ready' });
    expect(await layersByLog(node, aoi.id)).toMatchObject({ connection: 'connected', routing: 'ready' });
    back.close();
  });

  it('forgets the grace of whoever comes back in time', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.connected();
    await becomes(node, aoi.id, 'connected');
    socket.close();
    await becomes(node, aoi.id, 'grace');
    const { graceUntil } = await stateOf(node, aoi.id);
    const back = await desk.at(other).connected();
    await becomes(node, aoi.id, 'connected');
    expect((await stateOf(node, aoi.id)).graceUntil).toBeNull();
    await eventually(() => Date.now() > graceUntil!.getTime() + 1_500, 'two looks after the deadline that was');
    expect((await stateOf(node, aoi.id)).connection).toBe('connected');
    back.close();
  });

  it('is offline at once after signing out, and not ready the next morning', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const far = await desk.at(other).connected();
    await readyNow(desk);
    await becomes(node, aoi.id, 'connected');
    await desk.send('DELETE', '/api/session');
    expect(await stateOf(node, aoi.id)).toMatchObject({
      connection: 'disconnected',
      routing: 'not_ready',
      reason: null,
      graceUntil: null,
    });
    await eventually(() => !far.connected, 'the socket to be cut');
    const again = await node.signedInDesk(aoi);
    const socket = await again.connected();
    await becomes(node, aoi.id, 'connected');
    expect(await mine(again)).toMatchObject({ state: 'away', reason: null });
    expect(await logOf(node, aoi.id)).toEqual([
      byServer('disconnected', 'connected', 'came'),
      `routing not_ready>ready - ${aoi.id}`,
      `connection connected>disconnected signed_out ${aoi.id}`,
      `routing ready>not_ready - ${aoi.id}`,
      byServer('disconnected', 'connected', 'came'),
    ]);
    socket.close();
  });

  it('stays while she signs out at one desk and sits at another', async () => {
    const aoi = await node.person();
    const [office, home] = [await node.signedInDesk(aoi), await node.signedInDesk(aoi)];
    const sockets = [await office.connected(), await home.at(other).connected()];
    await readyNow(office);
    await eventually(
      async () => (await query('select from agent_sockets where agent_id = $1', [aoi.id])).length === 2,
      'both desks to be written down',
    );
    await office.send('DELETE', '/api/session');
    expect(await stateOf(node, aoi.id)).toMatchObject({ connection: 'connected', routing: 'ready' });
    await home.send('DELETE', '/api/session');
    expect(await stateOf(node, aoi.id)).toMatchObject({ connection: 'disconnected', routing: 'not_ready' });
    for (const socket of sockets) socket.close();
  });

  it('does not end for whoever signs in anew in the same browser', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    await desk.connected();
    await readyNow(desk);
    await becomes(node, aoi.id, 'connected');
    await desk.signsIn(aoi.email);
    await desk.connected();
    await becomes(node, aoi.id, 'connected');
    expect((await logOf(node, aoi.id)).join()).not.toContain('disconnected signed_out');
    expect(await stateOf(node, aoi.id)).toMatchObject({ routing: 'ready' });
  });

  it('ends at once for whoever is made inactive, by whoever did it', async () => {
    const boss = await node.person({ role: 'admin' });
    const admin = await node.signedInDesk(boss);
    const aoi = await node.person();
    await (await node.signedInDesk(aoi)).at(other).connected();
    await becomes(node, aoi.id, 'connected');
    await admin.send('PATCH', `/api/agents/${aoi.id}`, { active: false });
    expect((await stateOf(node, aoi.id)).connection).toBe('disconnected');
    expect(await logOf(node, aoi.id)).toContain(`connection connected>disconnected signed_out ${boss.id}`);
  });

  it('is grace when the line is cut without a goodbye', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const line = await Line.to(other.url);
    const wired: Desk = desk.at({ desk: () => new (desk.constructor as typeof Desk)(line.url) } as PeopleNode);
    const socket = wired.socket();
    expect(await connects(socket)).toBeNull();
    await becomes(node, aoi.id, 'connected');
    line.cut();
    await becomes(node, aoi.id, 'grace');
    await line.close();
  });
});

describe('a node that lost its guard’s connection', () => {
  it('comes back under a new number, and nobody was away', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.connected();
    await becomes(node, aoi.id, 'connected');
    const numbers = async () =>
      (await query<{ node: number }>('select node from agent_sockets where agent_id = $1', [aoi.id])).map(
        (r) => r.node,
      );
    const [before] = await numbers();
    await query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'madoguchi-node-guard' and datname = current_database()`,
    );
    await eventually(async () => {
      const now = await numbers();
      return now.length === 1 && now[0] !== before;
    }, 'the old number to be cleared away and a new one to stand there');
    expect(await logOf(node, aoi.id)).toEqual([byServer('disconnected', 'connected', 'came')]);
    socket.close();
  });
});

describe('whoever left', () => {
  it('is told by whoever is alive, when the node that knew it died before', async () => {
    const aoi = await node.person();
    const heard: string[] = [];
    for (const each of [node, other])
      each.app.get(AgentRuntime).onWentOffline(async ({ agentId }) => void (agentId === aoi.id && heard.push(agentId)));
    // All that a node leaves behind that was killed right after its commit.
    await query(`update agent_runtime set departure = 'grace_over', departed_at = now() where agent_id = $1`, [aoi.id]);
    await eventually(
      async () =>
        (await query('select from agent_runtime where agent_id = $1 and departure is null', [aoi.id])).length === 1,
      'the departure to be settled',
    );
    expect(heard).toEqual([aoi.id]);
  });

  it('is told to everybody who must hear, again and again until it was heard, on whichever node', async () => {
    const aoi = await node.person();
    let failures = 0;
    for (const each of [node, other]) {
      each.app.get(AgentRuntime).onWentOffline(async ({ agentId, departure }) => {
        if (agentId !== aoi.id) return;
        if (failures < 2) {
          failures += 1;
          throw new Error('not now');
        }
        left.push(`${agentId} ${departure}`);
      });
    }
    const desk = await node.signedInDesk(aoi);
    await desk.connected();
    await becomes(node, aoi.id, 'connected');
    await desk.send('DELETE', '/api/session');
    await eventually(() => left.length > 0, 'the handler to succeed');
    await eventually(
      async () =>
        (await query('select from agent_runtime where agent_id = $1 and departure is null', [aoi.id])).length === 1,
      'the departure to be settled',
    );
    expect(failures).toBe(2);
    expect(left).toEqual([`${aoi.id} signed_out`]);
  });
});

describe('whoever becomes available', () => {
  it('is told inside the transaction, and only then', async () => {
    const runtime = node.app.get(AgentRuntime);
    const told: string[] = [];
    const aoi = await node.person();
    runtime.onBecameAvailable(async (tx, agentIds) => {
      if (!agentIds.includes(aoi.id)) return;
      const [row] = await tx.query<{ routing: string }>('select routing from agent_runtime where agent_id = $1', [
        aoi.id,
      ]);
      told.push(row!.routing);
    });
    const desk = await node.signedInDesk(aoi);
    const socket = await desk.connected();
    await becomes(node, aoi.id, 'connected');
    const inTx = (work: (tx: Parameters<Parameters<Transactions['run']>[0]>[0]) => Promise<void>) =>
      node.app.get(Transactions).run(work);
    expect(told).toEqual([]);
    await readyNow(desk);
    expect(told).toHaveLength(1);
    await readyNow(desk);
    expect(told).toHaveLength(1);
    await inTx((tx) => runtime.markNotResponding(tx, aoi.id));
    expect(told).toHaveLength(1);
    await desk.send('POST', '/api/agents/me/state/resume');
    expect(told).toHaveLength(2);
    // In grace she cannot be asked, whatever she chooses; coming back she can.
    socket.close();
    await becomes(node, aoi.id, 'grace');
    expect(told).toHaveLength(2);
    await desk.connected();
    await becomes(node, aoi.id, 'connected');
    expect(told).toEqual(['ready', 'ready', 'ready']);
  });
});

describe('news of states', () => {
  it('reach all tabs of the person herself, on every node', async () => {
    const aoi = await node.person();
    const desk = await node.signedInDesk(aoi);
    const sockets = [await desk.connected(), await desk.at(other).connected()];
    await becomes(node, aoi.id, 'connected');
    const heard = sockets.map(hears);
    await desk.send('PUT', '/api/agents/me/state', { routing: 'not_ready', reason: 'meal' });
    for (const states of heard) {
      await eventually(() => states.some(({ reason }) => reason === 'meal'), 'the reason on every tab');
      expect(states.every(({ agentId }) => agentId === aoi.id)).toBe(true);
    }
  });
});
