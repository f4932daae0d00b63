import { openSessions, withClient } from '../database/premises.js';
import { webhookFrom } from '../load/customers.js';
import { mustBeGood, Lines, openLoop } from '../load/loops.js';
import { onScreen } from '../load/on-screen.js';
import { within } from '../load/within.js';
import type { Measure, Slice } from './measure.js';
import { spread } from './latency.js';

const RATE = 100;
const LIVE_RATE = 300;
/** A thousand a minute. */
const TURNS_RATE = 1000 / 60;

/** What bots cost whoever does not talk to them: webhook to socket beside one that sleeps, and beside many that answer. */
export const bots: Measure = {
  names: ['bots.'],

  async prepare(stage, { seconds, quick }) {
    const time = quick ? seconds : Math.max(seconds, 4);
    const site = await stage.site('answering');
    const console = await stage.answering();
    const [session] = await openSessions(site.databaseUrl, 1);
    const strangers = new Strangers();
    const talked = site.doors[1]!;

    /** The same messages of the same many customers, with a bot and with people. */
    const beside =
      (bot: string | null, rate: number, as: string): Slice =>
      async (samples) => {
        await answeredBy(site.databaseUrl, talked.connectionId, bot);
        const lines = await Lines.open(console.url, 8);
        const asked: Promise<unknown>[] = [];
        // Each begins a contact, and with it a turn.
        const talking = openLoop(TURNS_RATE, time, (index) => {
          asked.push(lines.ask(webhookFrom(talked, strangers.next(), `t${index}`)).then(mustBeGood));
        });
        const latencies = await onScreen(console.url, session!, rate, time, (word) => site.customers.webhook(word));
        await talking;
        await Promise.all(asked);
        lines.close();
        spread(samples, as, rate, latencies);
        await quiet(site.databaseUrl);
      };
    return [
      beside(null, RATE, 'bots.nobody'),
      beside('sleeper', RATE, 'bots.sleeper'),
      beside(null, LIVE_RATE, 'bots.idle'),
      beside('quick', LIVE_RATE, 'bots.live'),
    ];
  },

  figures(samples) {
    return ['p50', 'p95', 'p99'].flatMap((share) => [
      samples.figure(`bots.nobody.${share}.${RATE}`, 'ms'),
      samples.figure(`bots.sleeper.${share}.${RATE}`, 'ms', [`bots.nobody.${share}.${RATE}`]),
      samples.figure(`bots.idle.${share}.${LIVE_RATE}`, 'ms'),
      samples.figure(`bots.live.${share}.${LIVE_RATE}`, 'ms', [`bots.idle.${share}.${LIVE_RATE}`]),
    ]);
  },
};

/** Who have never written before. */
class Strangers {
  private readonly mark = Math.floor(Math.random() * 900) + 100;
  private count = 0;

  next(): string {
    this.count += 1;
    return `+8150${this.mark}${String(this.count).padStart(5, '0')}`;
  }
}

/** New contacts of this account begin so from now on. */
function answeredBy(url: string, connectionId: string, bot: string | null): Promise<unknown> {
  return withClient(url, async (client) => {
    await client.query(
      'delete from account_first_bots where account_id = (select account_id from carrier_connections where id = $1)',
      [connectionId],
    );
    if (bot === null) return;
    const { rowCount } = await client.query(
      `insert into account_first_bots (account_id, bot_id)
       select c.account_id, b.id from carrier_connections c, bots b where c.id = $1 and b.key = $2`,
      [connectionId, bot],
    );
    if (rowCount !== 1) throw new Error(`there is no bot ${bot}`);
  });
}

/** Every turn has ended: what comes next is measured alone. */
async function quiet(url: string): Promise<void> {
  await withClient(url, (client) =>
    within(
      async () => {
        const { rows } = await client.query<{ left: number }>(
          `select (select count(*) from bot_turns where outcome is null)::int
             + (select count(*) from graphile_worker.jobs where task_identifier in ('bots.turn', 'carrier.send'))::int as left`,
        );
        return rows[0]!.left === 0;
      },
      'the turns to end',
      60_000,
    ),
  );
}
