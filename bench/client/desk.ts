import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openSessions, withClient, type Door, type Session } from '../database/premises.js';
import { said } from '../database/sayings.js';
import { phoneOf, webhookFrom } from '../load/customers.js';
import { Lines, openLoop } from '../load/loops.js';
import type { Stage } from '../stage.js';
import { probe } from './probe.js';

/** The first agent's first customer: `filling.ts` gives out every tenth conversation, one agent after the other. */
const LONG = 1;
const MESSAGES = 50_000;

/** One agent's desk in a full call centre: her browser, and the customers who write to her. */
export class Desk {
  private constructor(
    private readonly browser: Browser,
    readonly url: string,
    readonly quick: boolean,
    private readonly session: Session,
    private readonly doors: Door[],
    private readonly lines: Lines,
  ) {}

  static async open(stage: Stage, browser: Browser, { quick }: { quick: boolean }): Promise<Desk> {
    const { databaseUrl, doors } = await stage.site('large');
    await withClient(databaseUrl, async (client) => {
      await client.query(`set synchronous_commit = off`);
      for (const statement of longThreadSql) await client.query(statement);
      await client.query('analyze messages');
    });
    const [session] = await openSessions(databaseUrl, 1);
    const { url } = await stage.console('large');
    return new Desk(browser, url, quick, session!, doors, await Lines.open(url, 8));
  }

  /** The thread of 50,000 messages. */
  get longId(): string {
    return String(LONG);
  }

  /** A browser that has never been here. */
  async context(): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
    });
    await context.addCookies([{ name: 'madoguchi_session', value: this.session.token, url: this.url }]);
    await context.addInitScript(probe);
    return context;
  }

  /** A page whose list stands, with everything fetched that is fetched ahead. */
  async page(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${this.url}${path}`);
    await usable(page);
    await page.waitForLoadState('networkidle');
    return page;
  }

  /** So many messages a second from these customers in turn, each known by the number of her conversation. */
  async customersWrite(perSecond: number, seconds: number, numbers: readonly number[]): Promise<void> {
    const answers: Promise<unknown>[] = [];
    await openLoop(perSecond, seconds, (index) => {
      const number = numbers[index % numbers.length]!;
      answers.push(
        this.lines.ask(
          webhookFrom(this.doors[number % this.doors.length]!, phoneOf(number), `${index} ${said(index, 1)}`),
        ),
      );
    });
    await Promise.all(answers);
  }
}

/** Rows are painted and the line to the server stands: she can work. */
export async function usable(page: Page): Promise<number> {
  await page.waitForFunction(() => window.bench.usableAt !== null);
  return page.evaluate(() => window.bench.usableAt!);
}

const longThreadSql = [
  `delete from messages where conversation_id = ${LONG}`,
  `insert into messages (conversation_id, contact_id, seq, change, kind, author_kind, author_id, content, client_id, connection_id,
     carrier_message_id, delivery, attempts, channel_sent_at, received_at, created_at, sent_at, delivered_at, read_at)
   select c.id, c.contact_id, seq, seq, 'message', author, case when author = 'agent' then c.assignee_id end,
     jsonb_build_object('type', 'text', 'text', seq || ' '
       || repeat('先日予約した件ですが、日付を来週の土曜日に変更することはできますか。', 1 + seq % 3)),
     case when author = 'agent' then gen_random_uuid() end, c.connection_id, 'long-' || seq,
     case when author = 'agent' then 'read' end, case when author = 'agent' then 1 else 0 end,
     case when author = 'customer' then at end, case when author = 'customer' then at end, at,
     case when author = 'agent' then at end, case when author = 'agent' then at end, case when author = 'agent' then at end
   from (select seq, case when seq % 3 = 1 then 'agent' else 'customer' end as author,
       now() - make_interval(mins => (${MESSAGES} - seq)) as at from generate_series(1, ${MESSAGES}) seq) m,
     conversations c where c.id = ${LONG}`,
  // It has waited for longer than all others: it stands at the head of her list.
  `update conversations set last_seq = ${MESSAGES}, last_change = ${MESSAGES}, read_seq = ${MESSAGES}, last_message_seq = ${MESSAGES},
     unread = 0, version = version + 1, waiting_since = now() - interval '200 days' where id = ${LONG}`,
  `update inbox set waiting_key = (extract(epoch from now() - interval '200 days') * 1000)::bigint where conversation_id = ${LONG}`,
];
