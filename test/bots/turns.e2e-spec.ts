import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  botLimits,
  type BotIdeaView,
  type BotTurn,
  type ConversationRow,
  type ErrorBody,
  type ViewCounts,
} from '#libs/contracts/index.js';
import { eventually } from '../support/eventually.js';
import { Counter, FirstBot, gate, type Caller } from './counter.js';

const handOffText = '担当者におつなぎします。お返事まで、このままお待ちください。';
let counter: Counter;
let asleep: Caller;
let sleeps: Promise<unknown>;

beforeAll(async () => {
  counter = await Counter.open();
  counter.script('眠る', () => new Promise(() => undefined));
  // Ten seconds are long: they pass while the others are tested.
  asleep = await counter.caller();
  sleeps = asleep.writes('眠る');
});
afterAll(() => counter?.close());

describe('a bot answers first', () => {
  it('and the contact is its own: not among the unassigned, no reply of a person, nobody waits', async () => {
    counter.script('こんにちは', [
      { do: 'ask', text: 'ご用件は？', suggestions: [{ kind: 'reply', label: '配送', payload: 'topic:delivery' }] },
    ]);
    const caller = await counter.caller();
    await caller.writes('こんにちは');
    expect(await caller.hears(1)).toEqual(['ご用件は？']);
    const { contact, waitingSince, lastMessage } = await caller.row();
    expect(contact).toMatchObject({ state: 'bot', bot: { name: '案内係' }, assignee: null, firstReplyAt: null });
    expect([waitingSince, lastMessage!.author]).toEqual([null, 'bot']);
    expect((await caller.heard())[0]!.author).toMatchObject({ kind: 'bot', name: '案内係' });
    const id = await caller.id();
    const ids = async (view: string): Promise<string[]> => (await counter.admin.rows(view)).map((row) => row.id);
    expect([(await ids('bot')).includes(id), (await ids('unassigned')).includes(id)]).toEqual([true, false]);
    const counts = await counter.admin.get<ViewCounts>('/api/conversations/counts');
    expect(counts.bot).toBe((await ids('bot')).length);
    expect(counts.unassigned).toBe((await ids('unassigned')).length);
  });

  it('a chip travels to the handset, and its press says which message offered it', async () => {
    const chips = [
      { kind: 'reply' as const, label: '配送', payload: 'topic:delivery' },
      { kind: 'url' as const, label: 'サイト', payload: 'open:site', url: 'https://example.jp/' },
      { kind: 'dial' as const, label: '電話', payload: 'dial:desk', phone: '+81312345678' },
    ];
    const heard: BotTurn['said'] = [];
    counter.script('選ぶ', async ({ said }) => {
      heard.push(...said);
      return {
        steps: [
          said[0]!.type === 'press'
            ? { do: 'say', text: '配送ですね。' }
            : { do: 'ask', text: 'どれですか？', suggestions: chips },
        ],
      };
    });
    await counter.world.webhooksTo(counter.account, counter.world.first.url);
    const customer = await counter.world.customer(counter.account);
    await customer.writes('選ぶ');
    const [offered] = await customer.received(1);
    expect(offered).toMatchObject({ suggestions: chips.map(({ kind, label }) => ({ kind, label })) });
    await customer.presses('配送', 'topic:delivery');
    expect((await customer.received(2))[1]!.content.text).toBe('配送ですね。');
    const row = await counter.admin.conversationWith(customer);
    const messages = await counter.admin.messages(row.id);
    const asked = messages.find(({ author }) => author.kind === 'bot')!;
    expect(heard[1]).toEqual({
      seq: asked.seq + 1,
      type: 'press',
      label: '配送',
      payload: 'topic:delivery',
      of: asked.seq,
    });
    expect(messages.find(({ content }) => content.type === 'press')!.content).toMatchObject({ of: asked.seq });
  });

  it('hands over once, with what it learned, and the customer is told so exactly once', async () => {
    counter.script('相談', [
      { do: 'say', text: '承りました。' },
      { do: 'handOff', reason: 'asked', summary: '住所の変更', fields: [{ label: '注文番号', value: 'A-12' }] },
    ]);
    const caller = await counter.caller();
    await caller.writes('相談');
    expect(await caller.hears(2)).toEqual(['承りました。', handOffText]);
    const { conversation, handOff } = await counter.admin.detail(await caller.id());
    expect(conversation.contact).toMatchObject({ state: 'queued', bot: null, firstReplyAt: null });
    expect(conversation.waitingSince).not.toBeNull();
    expect(handOff).toMatchObject({
      reason: 'asked',
      summary: '住所の変更',
      fields: [{ label: '注文番号', value: 'A-12' }],
      bot: { name: '案内係' },
    });
    await counter.ended(await caller.id());
    expect(await caller.texts()).toHaveLength(2);
  });

  it('passes to the next bot, and behind the last one stands a person', async () => {
    counter.script('二番目の質問', [{ do: 'pass' }]);
    counter.script('誰も知らない', [{ do: 'pass' }]);
    const [known, unknown] = [await counter.caller(), await counter.caller()];
    await known.writes('二番目の質問');
    await unknown.writes('誰も知らない');
    expect(await known.hears(1)).toEqual(['二番目がお答えします。']);
    expect((await known.row()).contact!.bot!.name).toBe('second');
    expect(await unknown.hears(1)).toEqual([handOffText]);
    expect((await counter.turns(await unknown.id())).map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
  });

  it('keeps what it asked to keep, and is asked once for what came while it thought', async () => {
    const door = gate();
    const seen: unknown[] = [];
    counter.script('数える', async ({ state, said, number }) => {
      seen.push([state, said.length, number]);
      if (number === 1) await door.opened;
      return { steps: [{ do: 'say', text: `${number}回目です。` }], state: { count: number } };
    });
    const caller = await counter.caller();
    await caller.writes('数える');
    await eventually(() => seen.length === 1, 'the bot to think');
    await caller.writes('まだですか');
    await caller.writes('もしもし');
    door.open();
    expect(await caller.hears(2)).toEqual(['1回目です。', '2回目です。']);
    expect(seen).toEqual([
      [null, 1, 1],
      [{ count: 1 }, 2, 2],
    ]);
    expect((await caller.row()).waitingSince).toBeNull();
  });
});

describe('a bot that fails', () => {
  it('a throw, an answer that is none and a forbidden word lead to a person; the customer is told once', async () => {
    await counter.admin.send('POST', '/api/forbidden-words', {
      accountId: counter.account.id,
      word: '絶対',
      severity: 'block',
    });
    counter.script('投げる', () => Promise.reject(new Error('out of order')));
    counter.script('長すぎる', [{ do: 'say', text: 'あ'.repeat(3000) }]);
    counter.script('禁じられた', [{ do: 'say', text: '絶対に儲かります' }]);
    const cases = [
      ['投げる', 'failed', /out of order/],
      ['長すぎる', 'invalid', /steps\.0\.text.*2730/],
      ['禁じられた', 'invalid', /絶対/],
    ] as const;
    for (const [words, outcome, fault] of cases) {
      const caller = await counter.caller();
      await caller.writes(words);
      expect(await caller.hears(1)).toEqual([handOffText]);
      const [turn] = await counter.ended(await caller.id());
      expect(turn).toMatchObject({ outcome, fault: expect.stringMatching(fault) });
      expect((await caller.row()).contact!.state).toBe('queued');
    }
  });

  it('the same turn ordered again and again is answered once', async () => {
    counter.script('一度だけ', [{ do: 'say', text: '一度だけ言います。' }]);
    const caller = await counter.caller();
    await caller.writes('一度だけ');
    const id = await caller.id();
    const again = (key: string): Promise<unknown> =>
      counter.world.query(
        `select graphile_worker.add_job('bots.turn', json_build_object('conversationId', $1::text), job_key => $2)`,
        [id, key],
      );
    await Promise.all(['a', 'b', 'c', 'd'].map((key) => again(`${key}:${id}`)));
    await caller.hears(1);
    await eventually(async () => {
      const left = await counter.world.query(`select from graphile_worker.jobs where task_identifier = 'bots.turn'`);
      return left.length === 0;
    }, 'every job to be done');
    expect(await caller.texts()).toEqual(['一度だけ言います。']);
    expect(await counter.turns(id)).toHaveLength(1);
  });

  it('what it answers after a person took over is said to nobody', async () => {
    const door = gate();
    let given: AbortSignal | null = null;
    counter.script('遅れる', async (_, { signal }) => {
      given = signal;
      await door.opened;
      return { steps: [{ do: 'say', text: '遅れました。' }] };
    });
    const caller = await counter.caller();
    await caller.writes('遅れる');
    await eventually(() => given !== null, 'the bot to think');
    const agent = await counter.world.agent(counter.account);
    const posted = await agent.posts(await caller.id(), '担当の葵です。');
    expect(posted.status).toBe(201);
    await eventually(() => given!.aborted, 'the bot to be told that it need not go on');
    door.open();
    const [turn] = await counter.ended(await caller.id());
    expect(turn!.outcome).toBe('rejected');
    expect(await caller.texts()).toEqual(['担当の葵です。']);
    const { contact } = await caller.row();
    expect(contact).toMatchObject({ state: 'waiting', bot: null, assignee: { id: agent.view.id } });
    expect(contact!.firstReplyAt).not.toBeNull();
  });
});

describe('past the bot', () => {
  it('words that ask for a person are not the bot’s to answer', async () => {
    for (const words of [
      'オペレーター',
      'ｵﾍﾟﾚｰﾀｰ につないでください。',
      '有人',
      'agent',
      'I want to talk to a human',
    ]) {
      const asked = FirstBot.turns.length;
      const caller = await counter.caller();
      await caller.writes(words);
      expect(await caller.hears(1)).toHaveLength(1);
      expect((await counter.admin.detail(await caller.id())).handOff!.reason).toBe('words');
      expect(FirstBot.turns).toHaveLength(asked);
    }
  });

  it('the same words and the same answer twice in a row lead to a person', async () => {
    counter.script('わからない', [{ do: 'say', text: 'もう一度お願いします。' }]);
    const caller = await counter.caller();
    await caller.writes('わからない');
    await caller.hears(1);
    await caller.writes('ワカラナイ');
    expect(await caller.hears(2)).toEqual(['もう一度お願いします。', handOffText]);
    expect((await counter.turns(await caller.id())).map(({ outcome }) => outcome)).toEqual(['answered', 'loop']);
  });

  it('a blocked customer has no bot', async () => {
    const caller = await counter.caller();
    counter.script('最初', [{ do: 'say', text: 'はい。' }]);
    await caller.writes('最初');
    await caller.hears(1);
    const { customer } = await caller.row();
    await counter.admin.send('PUT', `/api/customers/${customer.id}/block`, { reason: '迷惑' });
    expect((await caller.row()).contact).toBeNull();
    await caller.writes('もう一度');
    await eventually(async () => (await caller.row()).contact === null, 'the contact to end');
    expect(await caller.texts()).toEqual(['はい。']);
  });

  it('after faults in a row nothing is asked of it for a while', async () => {
    counter.script('故障', () => Promise.reject(new Error('broken')));
    const broken = await Promise.all(Array.from({ length: 5 }, () => counter.caller()));
    for (const caller of broken) {
      await caller.writes('故障');
      await caller.hears(1);
    }
    const asked = FirstBot.turns.length;
    const next = await counter.caller();
    await next.writes('こんにちは');
    expect(await next.hears(1)).toEqual([handOffText]);
    expect(FirstBot.turns).toHaveLength(asked);
    const bots =
      await counter.admin.get<{ key: string; restsUntil: string | null; numbers: { failed: number } }[]>('/api/bots');
    const first = bots.find(({ key }) => key === 'first')!;
    expect(first.restsUntil).not.toBeNull();
    expect(first.numbers.failed).toBeGreaterThanOrEqual(5);
  });
});

describe('beside people', () => {
  it('ideas are offered to whoever answers, and sent by nobody', async () => {
    const caller = await counter.caller();
    await caller.writes('有人');
    const id = await caller.id();
    await caller.hears(1);
    const agent = await counter.world.agent(counter.account);
    const { status, body } = await agent.send<BotIdeaView[]>('POST', `/api/conversations/${id}/ideas`);
    expect([status, body]).toEqual([
      200,
      [{ bot: expect.objectContaining({ name: '案内係' }), text: '「text」へのお返事です。', source: 'よくある質問' }],
    ]);
    expect(await caller.texts()).toHaveLength(1);
    const stranger = await counter.world.agent(await counter.world.account());
    expect((await stranger.send('POST', `/api/conversations/${id}/ideas`)).status).toBe(404);
    expect((await stranger.send('GET', `/api/conversations/${id}/hand-offs`)).status).toBe(404);
    expect((await agent.send('GET', '/api/bots')).status).toBe(403);
  });

  it('an agent gives her contact back to a bot: hers is over, what waits is its first turn', async () => {
    const caller = await counter.caller();
    await caller.writes('有人');
    const id = await caller.id();
    const agent = await counter.world.agent(counter.account);
    await agent.takes(id);
    const colleague = await counter.world.agent(counter.account);
    expect((await colleague.send('POST', `/api/conversations/${id}/return-to-bot`, {})).body.error.code).toBe(
      'not_assignee',
    );
    const before = (await caller.row()).contact!.id;
    const bots = await counter.admin.get<{ id: string; key: string }[]>('/api/bots');
    const botId = bots.find(({ key }) => key === 'second')!.id;
    await caller.writes('二番目に聞きたい');
    const given = await agent.send<ConversationRow & ErrorBody>('POST', `/api/conversations/${id}/return-to-bot`, {
      botId,
    });
    expect([given.status, given.body.contact]).toMatchObject([200, { state: 'bot', bot: { name: 'second' } }]);
    expect(given.body.contact!.id).not.toBe(before);
    expect((await caller.hears(2)).at(-1)).toBe('二番目がお答えします。');
  });
});

describe('a bot that never answers', () => {
  it('leaves the customer to a person when its time is over, and held nothing up meanwhile', async () => {
    await sleeps;
    const [turn] = await eventually(
      async () => {
        const turns = await counter.turns(await asleep.id());
        return turns[0]?.outcome != null && turns;
      },
      'the end of the turn',
      botLimits.hardMs + 5000,
    );
    expect(turn!.outcome).toBe('late');
    const took = turn!.ended_at!.getTime() - turn!.started_at.getTime();
    expect(took).toBeGreaterThan(botLimits.hardMs - 500);
    expect(took).toBeLessThan(botLimits.hardMs + 1500);
    expect(await asleep.hears(1)).toEqual([handOffText]);
    expect((await counter.admin.detail(await asleep.id())).handOff!.reason).toBe('late');
  });
});
