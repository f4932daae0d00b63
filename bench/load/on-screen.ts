import { agentSocket, connected } from './agent-socket.js';
import { Lines, openLoop } from './loops.js';
import { within } from './within.js';
import type { Session } from '../database/premises.js';

let runs = 0;

/**
 * Webhooks at a rate, each until its row is on an agent's screen, in milliseconds.
 * @param webhook the whole request of a message that begins with this word
 */
export async function onScreen(
  url: string,
  session: Session,
  rate: number,
  seconds: number,
  webhook: (word: string) => string,
): Promise<number[]> {
  runs += 1;
  const run = runs;
  const socket = agentSocket(url, session);
  const sent = new Map<string, number>();
  const latencies: number[] = [];
  socket.on('conversation:changed', ({ row }) => {
    const word = row?.lastMessage?.preview.split(' ', 1)[0] ?? '';
    const started = sent.get(word);
    if (started === undefined) return;
    latencies.push(performance.now() - started);
    sent.delete(word);
  });
  await connected(socket);
  const lines = await Lines.open(url);
  const answers: Promise<unknown>[] = [];
  await openLoop(rate, seconds, (index) => {
    const word = `r${run}n${index}`;
    const whole = webhook(word);
    sent.set(word, performance.now());
    answers.push(lines.ask(whole));
  });
  await Promise.all(answers);
  await within(() => sent.size === 0, 'the last row on the screen');
  lines.close();
  socket.disconnect();
  return latencies;
}
