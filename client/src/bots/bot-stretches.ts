import type { MessageView } from '#libs/contracts/index.js';

/** Lines of a thread that a bot and the customer exchanged before people came, or without them. */
export interface BotStretch {
  /** Stays the same when older lines come in front. */
  key: string;
  /** Places of its first and last line, as far as they are loaded. */
  from: number;
  to: number;
  /** Place of the line with which it was over. */
  end: number;
  /** Messages in it; lines of the system are not counted. */
  count: number;
  bot: string | null;
  /** What the bot made of it for whoever took over. */
  summary: string | null;
  /** The customer's newest line in it, which has been seen when the stretch has been. */
  lastOfCustomer: number;
}

/** Where people come in: what stands behind it is theirs. */
const ends = new Set(['contact.handedOff', 'contact.taken', 'contact.assigned', 'contact.accepted']);

/**
 * What may be folded. The customer's last words before a person came, and all that follows them, stay in sight: they are what
 * has to be answered. What goes on with a bot now is no stretch yet, nor is anything that an agent wrote.
 */
export function botStretches(messages: readonly MessageView[]): BotStretch[] {
  const found: BotStretch[] = [];
  for (const contact of contactsOf(messages)) {
    const end = contact.findIndex(isEnd);
    const last = contact.at(-1);
    const over = end >= 0 || last !== messages.at(-1);
    if (!over || !contact.some(isBots)) continue;
    const before = end >= 0 ? contact.slice(0, lastWords(contact.slice(0, end))) : contact;
    const told = contact[end]?.content;
    const summary = told?.type === 'activity' ? (told.summary ?? null) : null;
    for (const run of runsOf(before)) {
      const said = run.filter(({ kind }) => kind === 'message');
      const bot = run.find(isBots);
      if (said.length < 2 || bot === undefined) continue;
      const { seq: to, id } = run.at(-1)!;
      found.push({
        key: `bot-${id}`,
        from: run[0]!.seq,
        to,
        end: contact[end]?.seq ?? contact.at(-1)!.seq + 1,
        count: said.length,
        bot: bot.author.name,
        summary,
        lastOfCustomer: run.findLast(isCustomers)?.seq ?? 0,
      });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

function contactsOf(messages: readonly MessageView[]): MessageView[][] {
  const contacts = new Map<string, MessageView[]>();
  for (const message of messages) {
    if (message.contactId === null) continue;
    const known = contacts.get(message.contactId);
    if (known) known.push(message);
    else contacts.set(message.contactId, [message]);
  }
  return [...contacts.values()];
}

/** Where the customer's last words begin; the end where she said nothing. */
function lastWords(lines: readonly MessageView[]): number {
  let at = lines.findLastIndex(isCustomers);
  if (at < 0) return lines.length;
  while (at > 0 && isCustomers(lines[at - 1]!)) at -= 1;
  return at;
}

/** Lines that stand beside each other in the thread, with nothing of a colleague's between them. */
function runsOf(lines: readonly MessageView[]): MessageView[][] {
  const runs: MessageView[][] = [];
  let next: number | null = null;
  for (const line of lines) {
    if (line.kind === 'note' || line.author.kind === 'agent') continue;
    if (line.seq === next) runs.at(-1)!.push(line);
    else runs.push([line]);
    next = line.seq + 1;
  }
  return runs;
}

function isEnd({ kind, author, content }: MessageView): boolean {
  if (content.type === 'activity') return ends.has(content.activity);
  return kind === 'message' && author.kind === 'agent';
}

function isBots({ kind, author }: MessageView): boolean {
  return kind === 'message' && author.kind === 'bot';
}

function isCustomers({ kind, author }: MessageView): boolean {
  return kind === 'message' && author.kind === 'customer';
}
