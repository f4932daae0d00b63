import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { conversationsOfAgents, openSessions, type Session } from '../database/premises.js';
import { connected } from '../load/agent-socket.js';
import { request } from '../load/http-line.js';
import { Lines, mustBeGood, openLoop } from '../load/loops.js';
import { onScreen } from '../load/on-screen.js';
import { inTime, within } from '../load/within.js';
import { quantile, type Figure } from '../report/figure.js';
import type { Samples } from '../report/samples.js';
import type { SiteName, Stage } from '../stage.js';
import type { Measure, Slice } from './measure.js';

const RATES = [100, 300];
const OUT_RATE = 50;

/** How long it takes, at a given rate and whatever the answers do. */
export const latency: Measure = {
  names: ['floor.commit', 'floor.emit', 'floor.answer', 'webhook-to-socket', 'outbound', 'growth.latency'],

  async prepare(stage, { seconds, quick }) {
    const time = quick ? seconds : Math.max(seconds, 4);
    const floor = await stage.floor();
    const commit =
      (rate: number): Slice =>
      async (samples) => {
        const { committed } = await floor.child.asks<{ committed: { latencies: number[]; perSecond: number } }>(
          { commit: { rate, seconds: time } },
          'committed',
        );
        if (rate === 0) samples.add('floor.commit', committed.perSecond);
        else spread(samples, 'floor.commit', rate, committed.latencies);
      };
    const answer: Slice = async (samples) => {
      const lines = await Lines.open(floor.url);
      const { customers } = await stage.site('large');
      const latencies = await timed(300, time, () => {
        const whole = customers.webhook();
        return lines.ask(request('POST', '/http', {}, whole.slice(whole.indexOf('\r\n\r\n') + 4)));
      });
      lines.close();
      spread(samples, 'floor.answer', 300, latencies);
    };
    return [
      commit(300),
      emit(floor, 300, time),
      ...(await Promise.all(RATES.map((rate) => webhookToSocket(stage, 'large', rate, time)))),
      await webhookToSocket(stage, 'small', 300, time),
      answer,
      ...(await outbound(stage, time)),
      commit(0),
      emit(floor, 0, time / 2),
    ];
  },

  figures(samples) {
    const shares = ['p50', 'p95', 'p99'];
    const each = (name: string, rate: number, floor?: (share: string) => string[]): Figure[] =>
      shares.map((share) => samples.figure(`${name}.${share}.${rate}`, 'ms', floor?.(share) ?? []));
    const commitAndEmit = (share: string): string[] => [`floor.commit.${share}.300`, `floor.emit.${share}.300`];
    const commitAndAnswer = (share: string): string[] => [`floor.commit.${share}.300`, `floor.answer.${share}.300`];
    return [
      samples.figure('floor.commit', 'commits/s'),
      samples.figure('floor.emit', 'events/s'),
      ...each('floor.commit', 300),
      ...each('floor.emit', 300),
      ...each('floor.answer', 300),
      ...RATES.flatMap((rate) => each('webhook-to-socket', rate, commitAndEmit)),
      ...each('webhook-to-socket.small', 300),
      samples.ratio('growth.latency', 'webhook-to-socket.p50.300', 'webhook-to-socket.small.p50.300'),
      samples.ratio('growth.latency.p99', 'webhook-to-socket.p99.300', 'webhook-to-socket.small.p99.300'),
      ...each('outbound.posted', OUT_RATE, commitAndAnswer),
      ...each('outbound', OUT_RATE, commitAndAnswer),
      samples.figure('outbound.throughput', 'messages/s', ['floor.commit']),
    ];
  },
};

export function spread(samples: Samples, name: string, rate: number, latencies: number[]): void {
  samples.add(`${name}.p50.${rate}`, quantile(latencies, 0.5));
  samples.add(`${name}.p95.${rate}`, quantile(latencies, 0.95));
  samples.add(`${name}.p99.${rate}`, quantile(latencies, 0.99));
}

/** From each call of `ask` until it resolves. */
async function timed(rate: number, seconds: number, ask: (index: number) => Promise<unknown>): Promise<number[]> {
  const pending: Promise<number>[] = [];
  await openLoop(rate, seconds, (index) => {
    const started = performance.now();
    pending.push(ask(index).then(() => performance.now() - started));
  });
  return Promise.all(pending);
}

function emit({ child, url }: Awaited<ReturnType<Stage['floor']>>, rate: number, seconds: number): Slice {
  return async (samples) => {
    const socket = io(url, { transports: ['websocket'], forceNew: true, autoConnect: false, reconnection: false });
    const latencies: number[] = [];
    let heard = 0;
    socket.on('row', ({ at }: { at: string }) => {
      heard += 1;
      if (rate > 0) latencies.push(Number(process.hrtime.bigint() - BigInt(at)) / 1e6);
    });
    await connected(socket);
    const started = performance.now();
    const { emitted } = await child.asks<{ emitted: number }>({ emit: { rate, seconds } }, 'emitted');
    await within(() => heard === emitted, 'the last event');
    if (rate > 0) spread(samples, 'floor.emit', rate, latencies);
    else samples.add('floor.emit', heard / ((performance.now() - started) / 1000));
    socket.disconnect();
  };
}

/** From the webhook leaving the carrier until the row stands in an agent's list. */
async function webhookToSocket(stage: Stage, name: SiteName, rate: number, seconds: number): Promise<Slice> {
  const site = await stage.site(name);
  const console = await stage.console(name);
  const [session] = await openSessions(site.databaseUrl, 1);
  const as = name === 'large' ? 'webhook-to-socket' : `webhook-to-socket.${name}`;
  return async (samples) => {
    const latencies = await onScreen(console.url, session!, rate, seconds, (word) => site.customers.webhook(word));
    spread(samples, as, rate, latencies);
  };
}

/** From an agent's post until the carrier has answered 202. */
async function outbound(stage: Stage, seconds: number): Promise<Slice[]> {
  const { databaseUrl } = await stage.site('large');
  const console = await stage.console('large');
  const carrier = await stage.carrier();
  const sessions = await openSessions(databaseUrl, 20);
  const theirs = await conversationsOfAgents(databaseUrl, sessions.length);
  let place = 0;
  const next = (): { whole: string; taken: Promise<number> } => {
    place += 1;
    const agent = place % theirs.length;
    const mine = theirs[agent]!;
    const id = mine[Math.floor(place / theirs.length) % mine.length]!;
    const text = `${place} ありがとうございます。変更を承りました。`;
    return { whole: post(sessions[agent]!, id, text), taken: carrier.takes(text) };
  };
  const paced: Slice = async (samples) => {
    const lines = await Lines.open(console.url);
    const taken: Promise<number>[] = [];
    const posted = await timed(OUT_RATE, seconds, () => {
      const started = performance.now();
      const message = next();
      taken.push(message.taken.then((at) => at - started));
      return lines.ask(message.whole);
    });
    spread(samples, 'outbound.posted', OUT_RATE, posted);
    spread(samples, 'outbound', OUT_RATE, await inTime(Promise.all(taken), 'the carrier to get every message'));
    lines.close();
  };
  const flood: Slice = async (samples) => {
    const lines = await Lines.open(console.url, 16);
    const started = performance.now();
    const taken: Promise<number>[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        while (performance.now() - started < seconds * 1000) {
          const message = next();
          taken.push(message.taken);
          mustBeGood(await lines.ask(message.whole));
        }
      }),
    );
    const ends = await inTime(Promise.all(taken), 'the carrier to get every message', 60_000);
    samples.add('outbound.throughput', taken.length / ((Math.max(...ends) - started) / 1000));
    lines.close();
  };
  return [paced, flood];
}

function post(session: Session, conversationId: string, text: string): string {
  const body = JSON.stringify({ clientId: randomUUID(), content: { type: 'text', text } });
  return request('POST', `/api/conversations/${conversationId}/messages`, { cookie: session.cookie }, body);
}
