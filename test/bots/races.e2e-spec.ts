import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotContainment, QueueView } from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import { Random } from '../support/random.js';
import { Counter, gate } from './counter.js';

const ROUNDS = Number(process.env['BOT_RACES'] ?? 30);
const STORM = Number(process.env['BOT_STORM'] ?? 200);
const ROOM = Math.floor(STORM * 0.4);

let counter: Counter;
let agent: AgentDesk;

beforeAll(async () => {
  counter = await Counter.open();
  agent = await counter.world.agent(counter.account);
});
afterAll(() => counter?.close());

interface Said {
  author_kind: string;
  content: { type: string; text?: string; activity?: string };
}

describe('a bot and a person answer at the same moment', () => {
  it(`${ROUNDS} rounds: behind the moment at which she took over the bot says nothing`, async () => {
    const random = new Random('bots and people');
    let spoke = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const words = `競争 ${round}`;
      const [asked, door] = [gate(), gate()];
      counter.script(words, async () => {
        asked.open();
        await door.opened;
        return { steps: [{ do: 'say', text: 'ボットです。' }] };
      });
      const caller = await counter.caller();
      await caller.writes(words);
      await asked.opened;
      const id = await caller.id();
      const [bot, person] = [random.next() * 6, random.next() * 6];
      const posted = new Promise<number>((resolve) =>
        setTimeout(() => void agent.posts(id, '担当です。').then(({ status }) => resolve(status)), person),
      );
      setTimeout(door.open, bot);
      expect(await posted).toBe(201);
      const [turn] = await counter.ended(id);
      const thread = await counter.world.query<Said>(
        'select author_kind, content from messages where conversation_id = $1 order by seq',
        [id],
      );
      const taken = thread.findIndex(({ content }) => content.activity === 'contact.taken');
      expect(taken, `round ${round}`).toBeGreaterThan(0);
      expect(thread.slice(taken).filter(({ author_kind }) => author_kind === 'bot')).toEqual([]);
      const said = thread.filter(({ author_kind }) => author_kind === 'bot').length;
      expect(said, `round ${round}`).toBe(turn!.outcome === 'answered' ? 1 : 0);
      expect(['answered', 'rejected']).toContain(turn!.outcome);
      spoke += said;
    }
    console.log(`of ${ROUNDS} rounds the bot was first in ${spoke}`);
  }, 600_000);
});

describe('everybody at once', () => {
  it(`${STORM} hand-offs into a full queue: one text each, each in its place once`, async () => {
    const account = await counter.world.account();
    const admin = await counter.world.agent(account, { role: 'admin', visibility: 'all' });
    const made = await admin.send<QueueView>('POST', '/api/queues', {
      name: '混雑',
      accountIds: [account.id],
      maxLength: ROOM,
      texts: { queued: '順番にご案内します。', outOfHours: null, full: '大変混み合っています。', closing: null },
    });
    expect(made.status).toBe(201);
    await counter.answeredBy(['first'], account);
    counter.script('嵐', [{ do: 'handOff', reason: 'rule', summary: '嵐' }]);
    const callers = await Promise.all(Array.from({ length: STORM }, () => counter.caller(account)));
    await Promise.all(callers.map((caller) => caller.writes('嵐')));
    const of = 'from contacts where account_id = $1';
    await eventually(
      async () => {
        const [row] = await counter.world.query<{ n: number }>(
          `select count(*)::int as n from messages m join conversations c on c.id = m.conversation_id
           where c.account_id = $1 and m.kind = 'message' and m.author_kind <> 'customer'`,
          [account.id],
        );
        return row!.n >= STORM;
      },
      'a text for each of them',
      100_000,
    );
    const contacts = await counter.world.query<{ state: string; queue_id: string; admitted: boolean; n: number }>(
      `select state, queue_id, admitted_at is not null as admitted, count(*)::int as n ${of} group by 1, 2, 3`,
      [account.id],
    );
    expect(contacts).toEqual([{ state: 'queued', queue_id: made.body.id, admitted: true, n: STORM }]);
    const texts = await counter.world.query<{ text: string; n: number }>(
      `select min(text) as text, count(*)::int as n from (
         select m.conversation_id, string_agg(m.content->>'text', ' | ') as text from messages m
           join conversations c on c.id = m.conversation_id
         where c.account_id = $1 and m.kind = 'message' and m.author_kind <> 'customer' group by m.conversation_id) each
       group by text order by n`,
      [account.id],
    );
    expect(texts).toEqual([
      { text: '順番にご案内します。', n: ROOM },
      { text: '大変混み合っています。', n: STORM - ROOM },
    ]);
    // Its place is the moment of the hand-off: whoever came out of the bot first stands first.
    const [order] = await counter.world.query<{ wrong: number }>(
      `select count(*)::int as wrong from (
         select c.effective_at, lead(c.effective_at) over (order by h.at, h.id) as next
         from contacts c join contact_handoffs h on h.contact_id = c.id where c.account_id = $1) places
       where next < effective_at`,
      [account.id],
    );
    expect(order!.wrong).toBe(0);
    const [numbers] = await counter.world.query<{ handed: number; replies: number }>(
      `select (select count(*)::int from contact_handoffs h join contacts c on c.id = h.contact_id where c.account_id = $1) as handed,
         (select count(*)::int ${of} and first_human_reply_at is not null) as replies`,
      [account.id],
    );
    expect(numbers).toEqual({ handed: STORM, replies: 0 });
  }, 120_000);
});

describe('how many needed nobody', () => {
  it('is the same number by the doors and from the raw events', async () => {
    const account = await counter.world.account();
    const admin = await counter.world.agent(account, { role: 'admin', visibility: 'all' });
    await counter.answeredBy(['first'], account);
    counter.script('済む', [{ do: 'say', text: 'どうぞ。' }]);
    counter.script('渡す', [{ do: 'handOff', reason: 'asked' }]);
    const from = new Date(Date.now() - 60_000).toISOString();
    const [kept, over, handed, taken] = await Promise.all([1, 2, 3, 4].map(() => counter.caller(account)));
    for (const [caller, words] of [
      [kept!, '済む'],
      [over!, '済む'],
      [handed!, '渡す'],
      [taken!, '済む'],
    ] as const) {
      await caller.writes(words);
      await caller.hears(1);
    }
    await admin.takes(await taken!.id());
    for (const caller of [over!, handed!, taken!]) await admin.closes(await caller.id());
    const to = new Date(Date.now() + 60_000).toISOString();
    const answer = await admin.get<BotContainment>(`/api/bots/containment?from=${from}&to=${to}&account=${account.id}`);
    const [raw] = await counter.world.query<Omit<BotContainment, 'from' | 'to'>>(
      `with lives as (
         select c.id, array_agg(e.to_state order by e.id) filter (where e.id is not null) as states,
           (select m.content->>'activity' from messages m where m.contact_id = c.id and m.content->>'activity' = 'contact.handedOff') as line
         from contacts c left join contact_events e on e.contact_id = c.id where c.account_id = $1 group by c.id
       )
       select count(*)::int as contacts, count(*) filter (where states = '{closed}')::int as contained,
         count(line)::int as "handedOff", count(*) filter (where 'active' = any(states) and line is null)::int as "takenOver"
       from lives`,
      [account.id],
    );
    expect(answer).toMatchObject(raw!);
    expect(raw).toEqual({ contacts: 4, contained: 1, handedOff: 1, takenOver: 1 });
    const [bots] = await counter.world.query<{ n: number }>(
      `select count(*)::int as n from contacts where account_id = $1 and first_human_reply_at is not null`,
      [account.id],
    );
    expect(bots!.n).toBe(0);
  });
});
