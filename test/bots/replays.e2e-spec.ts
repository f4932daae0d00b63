import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody, FlowView, MadeBot, ReplayTurnPage, ReplayView } from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import { Counter, FirstBot } from './counter.js';
import { returns } from './returns.js';

let counter: Counter;
let first: string;
let flow: string;

beforeAll(async () => {
  counter = await Counter.open();
  const bots = await counter.admin.get<{ id: string; key: string }[]>('/api/bots');
  first = bots.find(({ key }) => key === 'first')!.id;
  flow = (await counter.admin.send<MadeBot>('POST', '/api/bots', { kind: 'flow', name: '返品' })).body.bot.id;
  const save = (document: object, version: number) =>
    counter.admin.send<FlowView>('PUT', `/api/flows/${flow}`, { document, version });
  await save(returns, 0);
  await save({ ...returns, steps: returns.steps.slice(0, 1), confirm: false }, 1);
  // What is recorded was answered by people.
  await counter.answeredBy([]);
  for (const lines of [['返品', 'AB-123456'], ['4111 1111 1111 1111'], ['返品', 'わからない', '壊れた']]) {
    const caller = await counter.caller();
    const agent = counter.admin;
    for (const [at, line] of lines.entries()) {
      await caller.writes(line);
      if (at === 0) await agent.takes(await caller.id());
      expect((await agent.posts(await caller.id(), '承りました。')).status).toBe(201);
    }
    await agent.closes(await caller.id());
  }
});
afterAll(() => counter?.close());

const body = (more: object = {}) => ({
  accountId: counter.account.id,
  since: new Date(Date.now() - 3_600_000).toISOString(),
  until: new Date(Date.now() + 60_000).toISOString(),
  contacts: 100,
  ...more,
});
const start = (botId: string, more: object = {}) =>
  counter.admin.send<ReplayView & ErrorBody>('POST', `/api/bots/${botId}/replays`, body(more));
const played = ({ bot, id }: ReplayView): Promise<ReplayView> =>
  eventually(async () => {
    const now = await counter.admin.get<ReplayView>(`/api/bots/${bot.botId}/replays/${id}`);
    return now.state === 'done' && now;
  }, 'the replay to end');

/** Everything that a replay must not touch. */
async function everything(): Promise<string> {
  const tables = [
    'messages',
    'conversations',
    'contacts',
    'segments',
    'inbox',
    'bot_turns',
    'bot_memories',
    'contact_handoffs',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      counter.world.query(`select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from ${table} t`),
    ),
  );
  return JSON.stringify(rows);
}

describe('a replay', () => {
  it('compares two versions, turn by turn, and touches no thread', async () => {
    // Reports of the carrier for what people sent come in until then.
    await eventually(async () => {
      const open = await counter.world.query(`select from messages where delivery in ('queued', 'sent')`);
      return open.length === 0;
    }, 'everything to be delivered');
    const before = await everything();
    const started = await start(flow, { version: 1, against: { botId: flow, version: 2 } });
    expect(started.status).toBe(201);
    const replay = await played(started.body);
    expect(replay).toMatchObject({ contacts: 3, done: 3, differences: 1, by: '管理' });
    expect(replay.results).toEqual({ answered: 5, handedOff: 0, passed: 1, failed: 0 });
    expect(replay.otherResults).toEqual({ answered: 4, handedOff: 1, passed: 1, failed: 0 });
    const at = `/api/bots/${flow}/replays/${replay.id}/turns`;
    const { turns } = await counter.admin.get<ReplayTurnPage>(`${at}?differing=true`);
    expect(turns).toMatchObject([
      {
        said: ['AB-123456'],
        number: 2,
        result: { outcome: 'answered', steps: [{ do: 'ask' }] },
        other: { outcome: 'handedOff', reason: 'done', steps: [{ fields: [{ value: 'AB-123456' }] }] },
      },
    ]);
    const all = await counter.admin.get<ReplayTurnPage>(at);
    const said = all.turns.map((turn) => turn.said.join());
    expect(said).toEqual(['返品', 'わからない', '壊れた', '•••• •••• •••• 1111', '返品', 'AB-123456']);
    expect(await everything()).toBe(before);
  });

  it('asks a module with recorded words, tells it so, and keeps on behind its faults', async () => {
    counter.script('返品', async ({ rehearsal }, desk) => {
      desk.typing();
      if (!rehearsal) throw new Error('it was no rehearsal');
      return { steps: [{ do: 'say', text: `返品ですね。4111111111111111` }] };
    });
    const asked = FirstBot.turns.length;
    const before = await everything();
    const replay = await played((await start(first)).body);
    expect(replay.results.failed).toBe(1);
    expect(FirstBot.turns.slice(asked).every(({ rehearsal, ownership }) => rehearsal === true && ownership === 0)).toBe(
      true,
    );
    const { turns } = await counter.admin.get<ReplayTurnPage>(`/api/bots/${first}/replays/${replay.id}/turns`);
    expect(turns.find(({ said }) => said[0] === '返品')!.result!.steps).toEqual([
      { do: 'say', text: '返品ですね。••••••••••••1111' },
    ]);
    expect(turns.find(({ said }) => said[0]!.endsWith('1111'))!.result).toMatchObject({
      outcome: 'failed',
      fault: expect.stringContaining('nobody told the bot'),
    });
    expect(await everything()).toBe(before);
  });

  it('is for whoever may read the whole account, within its limits', async () => {
    const { body: replay } = await start(flow);
    const boss = (visibility: 'own' | 'account', account = counter.account) =>
      counter.world.agent(account, { role: 'supervisor', visibility });
    const at = `/api/bots/${flow}/replays/${replay.id}`;
    expect((await (await boss('account')).send('GET', at)).status).toBe(200);
    const stranger = await boss('account', await counter.world.account());
    for (const desk of [await boss('own'), stranger]) {
      expect((await desk.send('GET', at)).status).toBe(404);
      expect((await desk.send('GET', `${at}/turns`)).status).toBe(404);
      expect(await desk.get(`/api/bots/${flow}/replays`)).toEqual([]);
      expect((await desk.send('POST', `/api/bots/${flow}/replays`, body())).status).toBe(404);
    }
    const agent = await counter.world.agent(counter.account);
    expect((await agent.send('GET', at)).status).toBe(403);
    const fields = async (more: object, botId = flow) =>
      (await start(botId, more)).body.error.fields!.map(({ field, rule, limit }) => [field, rule, limit]);
    expect(await fields({ since: '2026-01-01T00:00:00Z' })).toEqual([['until', 'tooLong', 92]]);
    expect(await fields({ contacts: 501 })).toEqual([['contacts', 'max', 500]]);
    expect(await fields({ version: 9 })).toEqual([['version', 'exists', undefined]]);
    expect(await fields({ version: 1 }, first)).toEqual([['version', 'none', undefined]]);
    expect(await fields({ since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' })).toEqual([
      ['since', 'empty', undefined],
    ]);
  });
});
