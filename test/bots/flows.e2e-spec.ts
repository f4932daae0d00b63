import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorBody, FlowDocument, FlowVersion, FlowView, MadeBot } from '#libs/contracts/index.js';
import { Counter } from './counter.js';
import { returns } from './returns.js';

let counter: Counter;
let bot: MadeBot['bot'];

beforeAll(async () => {
  counter = await Counter.open();
  bot = (await counter.admin.send<MadeBot>('POST', '/api/bots', { kind: 'flow', name: '返品' })).body.bot;
  await counter.answeredBy([bot.key]);
});
afterAll(() => counter?.close());

const save = (document: unknown, version: number) =>
  counter.admin.send<FlowView & ErrorBody>('PUT', `/api/flows/${bot.id}`, { document, version });

describe('a guided flow', () => {
  it('is saved as a new version each time, and never over somebody else’s', async () => {
    expect((await counter.admin.send('GET', `/api/flows/${bot.id}`)).status).toBe(404);
    const first = await save(returns, 0);
    expect([first.status, first.body.version, first.body.by]).toEqual([200, 1, '管理']);
    const late = await save({ ...returns, stopped: '別の言葉' }, 0);
    expect([late.status, late.body.error.code]).toEqual([409, 'conflict']);
    expect((await counter.admin.get<FlowView>(`/api/flows/${bot.id}`)).document).toEqual(returns);
    expect(
      (await counter.admin.get<FlowVersion[]>(`/api/flows/${bot.id}/versions`)).map(({ version }) => version),
    ).toEqual([1]);
  });

  it('what cannot be played is refused by field and limit', async () => {
    const faults = async (document: unknown) =>
      (await save(document, 1)).body.error.fields!.map(({ field, rule, limit }) => [field, rule, limit]);
    const step = returns.steps[0]!;
    expect(await faults({ ...returns, steps: [{ ...step, ask: 'あ'.repeat(1001) }] })).toEqual([
      ['document.steps.0.ask', 'tooLong', 1000],
    ]);
    expect(await faults({ ...returns, steps: [{ ...step, kind: 'riddle' }] })).toContainEqual([
      'document.steps.0.kind',
      'isIn',
      undefined,
    ]);
    expect(await faults({ ...returns, more: 1 })).toEqual([['document.more', 'unknown', undefined]]);
    expect(await faults('flow')).toContainEqual(['document.steps', 'isObject', undefined]);
    expect(await faults({ ...returns, end: { do: 'handOff', summary: '要約', queueId: '999' } })).toEqual([
      ['document.end.queueId', 'exists', undefined],
    ]);
    const agent = await counter.world.agent(counter.account);
    expect((await agent.send('GET', `/api/flows/${bot.id}`)).status).toBe(403);
  });

  it('goes through its questions with a customer, and hands over what it was told', async () => {
    const caller = await counter.caller();
    await caller.writes('返品');
    expect((await caller.hears(1))[0]).toContain('注文番号');
    await caller.writes('12345');
    expect((await caller.hears(2))[1]).toContain('読み取れませんでした');
    await caller.writes('ａｂ１２３４５６');
    await caller.hears(3);
    // Saved meanwhile: whoever is in the middle ends with what she began.
    const changed: FlowDocument = { ...returns, steps: returns.steps.slice(0, 1), confirm: false };
    expect((await save(changed, 1)).body.version).toBe(2);
    await caller.writes('サイズ違い');
    expect((await caller.hears(4))[3]).toContain('注文番号：AB-123456\n理由：サイズ違い');
    await caller.writes('はい');
    await caller.hears(5);
    const detail = await counter.admin.detail(await caller.id());
    expect(detail.handOff).toMatchObject({
      reason: 'done',
      summary: '返品のお申し込み',
      fields: [
        { label: '注文番号', value: 'AB-123456' },
        { label: '理由', value: 'サイズ違い' },
      ],
    });
    expect(detail.conversation.contact!.state).toBe('queued');

    const next = await counter.caller();
    await next.writes('返品');
    await next.hears(1);
    await next.writes('AB-123456');
    await next.hears(2);
    expect((await counter.admin.detail(await next.id())).handOff).toMatchObject({
      reason: 'done',
      fields: [{ value: 'AB-123456' }],
    });
  });

  it('at every question one may stop', async () => {
    const caller = await counter.caller();
    await caller.writes('返品');
    await caller.hears(1);
    await caller.writes('やめる');
    expect((await caller.hears(2))[1]).toBe(returns.stopped);
    expect((await caller.row()).contact!.state).toBe('bot');
  });
});
