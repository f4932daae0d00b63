import type { Ledger } from './installation.js';
import type { Reply } from './shift.js';

/** Reads the database past every door. */
export interface Reader {
  query<R>(sql: string, params?: unknown[]): Promise<R[]>;
}

export interface Findings {
  inbound: number;
  outbound: number;
  /** Sent more than once, and marked so. */
  twiceAndMarked: number;
  unknown: number;
  faults: string[];
}

interface Stored {
  phone: string;
  conversation_id: string;
  seq: number;
  change: number;
  author_kind: string;
  kind: string;
  client_id: string | null;
  carrier_message_id: string | null;
  text: string;
  delivery: string | null;
  maybe_twice: boolean;
}

/** The carrier's word for a state, and ours. */
const stateOf: Record<string, string> = { sent: 'sent', delivered: 'delivered', displayed: 'read' };

/**
 * Compares the simulator's own book with the database: lost, doubled, out of order, and doubles that nobody was warned
 * of. What an agent was told is stored counts as sent.
 */
export async function compareBooks(
  database: Reader,
  accountId: string,
  ledger: Ledger,
  replies: Reply[],
): Promise<Findings> {
  const stored = await database.query<Stored>(
    `select p.phone, m.conversation_id, m.seq, m.change, m.author_kind, m.kind, m.client_id, m.carrier_message_id,
       m.content->>'text' as text, m.delivery, m.maybe_twice
     from messages m join conversations c on c.id = m.conversation_id join customers p on p.id = c.customer_id
     where c.account_id = $1 order by m.conversation_id, m.seq`,
    [accountId],
  );
  const faults = [...(await counterFaults(database, accountId, stored))];
  const heard = stored.filter((message) => message.author_kind === 'customer');
  faults.push(
    ...compare('in', groups(ledger.customer, 'msisdn', 'msgId'), groups(heard, 'phone', 'carrier_message_id')),
  );

  const said = stored.filter((message) => message.author_kind === 'agent' && message.kind === 'message');
  faults.push(...compare('posted', groups(replies, 'phone', 'clientId'), groups(said, 'phone', 'client_id')));

  const taken = ledger.bot.map((entry) => ({ ...entry, text: entry.body.RCSMessage?.textMessage ?? '' }));
  const times = new Map<string, number>();
  for (const { text } of taken) times.set(text, (times.get(text) ?? 0) + 1);
  const first = taken.filter((entry, place) => taken.findIndex((other) => other.text === entry.text) === place);
  faults.push(...compare('out', groups(said, 'phone', 'text'), groups(first, 'msisdn', 'text')));

  let twiceAndMarked = 0;
  const reports = new Map(ledger.bot.map((entry) => [entry.msgId, entry.state]));
  for (const { text, delivery, maybe_twice: mayBeTwice, carrier_message_id: name } of said) {
    const marked = mayBeTwice || delivery === 'unknown';
    if ((times.get(text) ?? 0) > 1) {
      if (marked) twiceAndMarked += 1;
      else faults.push(`out: ${text} went out ${times.get(text)} times, and nobody was warned`);
    }
    if (delivery === 'failed' || delivery === 'queued') faults.push(`out: ${text} is ${delivery}`);
    const reported = name === null ? undefined : stateOf[reports.get(name) ?? ''];
    if (name !== null && reported !== delivery)
      faults.push(`report: ${text} is ${delivery}, the carrier says ${reported}`);
  }
  const unknown = said.filter(({ delivery }) => delivery === 'unknown').length;
  return { inbound: heard.length, outbound: said.length, twiceAndMarked, unknown, faults };
}

/** Places without holes, changes without repeats, and counters that say the same. */
async function counterFaults(database: Reader, accountId: string, stored: Stored[]): Promise<string[]> {
  const threads = await database.query<{ id: string; last_seq: number; last_change: number }>(
    'select id, last_seq, last_change from conversations where account_id = $1',
    [accountId],
  );
  return threads.flatMap(({ id, last_seq: lastSeq, last_change: lastChange }) => {
    const messages = stored.filter((message) => message.conversation_id === id);
    const whole = messages.length === lastSeq && messages.every(({ seq }, index) => seq === index + 1);
    const changes = new Set(messages.map(({ change }) => change));
    const counted = changes.size === messages.length && Math.max(...changes) <= lastChange;
    return whole && counted
      ? []
      : [`counters: conversation ${id} has ${messages.length} messages, last_seq ${lastSeq}`];
  });
}

/** Per phone: what should be there, against what is, in order. */
function compare(name: string, wanted: Map<string, string[]>, found: Map<string, string[]>): string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((phone) => {
    const [a, b] = [wanted.get(phone) ?? [], found.get(phone) ?? []];
    const [expected, there] = [new Set(a), new Set(b)];
    const faults = [
      ...a.filter((each) => !there.has(each)).map((each) => `${name}: ${each} is lost`),
      ...[...there].filter((each) => !expected.has(each)).map((each) => `${name}: ${each} comes from nowhere`),
      ...b.filter((each, place) => b.indexOf(each) !== place).map((each) => `${name}: ${each} is doubled`),
    ];
    if (faults.length === 0 && a.some((each, place) => b[place] !== each)) {
      faults.push(`${name}: out of order: ${a.join(' ')} became ${b.join(' ')}`);
    }
    return faults;
  });
}

function groups<T, K extends keyof T, V extends keyof T>(entries: T[], by: K, value: V): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const entry of entries) {
    const key = String(entry[by]);
    grouped.set(key, [...(grouped.get(key) ?? []), String(entry[value])]);
  }
  return grouped;
}
