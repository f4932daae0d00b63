import { Injectable } from '@nestjs/common';
import type { Tx } from '#libs/platform/database/index.js';
import { mayBecome, type StoredState } from './contact-states.js';
import { ContactGuards, type Move } from './contact-guard.js';
import type { Thread } from '../threads/thread-row.js';

/** Columns that change together with a state, and their types in SQL. */
const columns = {
  assignee_id: 'bigint',
  offered_to: 'bigint',
  queue_id: 'bigint',
  priority: 'text',
  weight: 'smallint',
  effective_at: 'timestamptz',
  need_key: 'text',
  due_at: 'timestamptz',
  enqueued_at: 'timestamptz',
  preferred_agent_id: 'bigint',
  preferred_since: 'timestamptz',
  declined_by: 'bigint[]',
  declined_at: 'timestamptz',
  first_offered_at: 'timestamptz',
  first_accepted_at: 'timestamptz',
  transfers: 'smallint',
  held_at: 'timestamptz',
  snoozed_until: 'timestamptz',
  wrapup_started_at: 'timestamptz',
  wrapup_until: 'timestamptz',
  disposition_id: 'text',
  disposition_note: 'text',
  closes_at: 'timestamptz',
  closed_at: 'timestamptz',
  close_reason: 'text',
  abandoned_at: 'timestamptz',
  asked_skills: 'bigint[]',
  entry_words: 'jsonb',
} as const;

/** Said at its entering where the queue says nothing itself. */
export interface EntryWords {
  text: string;
  language: 'ja' | 'en';
}

export type ContactPatch = Partial<
  Record<keyof typeof columns, string | number | Date | null | readonly string[] | EntryWords>
>;

export interface Step {
  thread: Thread;
  to: StoredState;
  cause: string;
  by: string | null;
  patch: ContactPatch;
  /** Of a contact that a bot gets. */
  bot?: { id: string; name: string };
}

/**
 * The one way a contact changes its state: by the table of ways, with one event each, told to the guard. Many at once are
 * one statement; all of them change the same columns.
 */
@Injectable()
export class ContactWriter {
  /** One prepared statement for each set of columns; there are about a dozen. */
  private readonly shapes = new Map<string, string>();

  constructor(private readonly guards: ContactGuards) {}

  /** Changes what the threads say too; saving them is left to the caller. */
  async move(tx: Tx, steps: Step[]): Promise<void> {
    if (steps.length === 0) return;
    const names = Object.keys(steps[0]!.patch) as (keyof typeof columns)[];
    const set = names.map((name) => `${name} = r.${name}`).join(', ');
    const types = names.map((name) => `${name} ${columns[name]}`).join(', ');
    const rows = steps.map(({ thread, to, cause, by, patch, bot }) => {
      const from = thread.contact_state ?? 'queued';
      if (!mayBecome(from, to)) throw new Error(`a contact cannot go from ${from} to ${to}`);
      const [had, has] = [ownerOf(thread, from, thread), ownerOf(thread, to, patch, bot)];
      const hands = { rise: had === has ? 0 : 1, next_bot: bot?.id ?? null };
      return { id: thread.contact_id, from_state: from, to_state: to, cause, by_agent_id: by, ...hands, ...patch };
    });
    await tx.prepared(
      this.nameOf(names),
      `with r as (
         select * from jsonb_to_recordset($1::jsonb)
           as r(id bigint, from_state text, to_state text, cause text, by_agent_id bigint, rise int, next_bot bigint${types === '' ? '' : `, ${types}`})
       ), moved as (
         update contacts c set state = r.to_state, ownership = c.ownership + r.rise,
           bot_id = case when r.to_state in ('bot', 'closed') then coalesce(r.next_bot, c.bot_id) end${set === '' ? '' : `, ${set}`}
         from r where c.id = r.id
       )
       insert into contact_events (contact_id, from_state, to_state, cause, by_agent_id)
       select id, from_state, to_state, cause, by_agent_id from r`,
      [JSON.stringify(rows)],
    );
    await this.guards.current.moved(tx, steps.map(toMove));
  }

  private nameOf(columnNames: readonly string[]): string {
    const shape = columnNames.join();
    const known = this.shapes.get(shape) ?? `contacts.move.${this.shapes.size}`;
    this.shapes.set(shape, known);
    return known;
  }
}

/** Bot, agent or queue: whose answer is worth something. */
function ownerOf(
  thread: Thread,
  state: StoredState,
  { assignee_id: assignee = thread.assignee_id }: Pick<ContactPatch, 'assignee_id'>,
  bot?: { id: string },
): string {
  if (state === 'bot') return `bot ${bot?.id ?? thread.bot_id}`;
  return typeof assignee === 'string' ? `agent ${assignee}` : 'queue';
}

/** The thread says the new state from here on. */
function toMove({ thread, to, patch, bot }: Step): Move {
  const before = { assigneeId: thread.assignee_id, offeredTo: thread.offered_to, queueId: thread.queue_id };
  const from = thread.contact_state;
  const [had, has] = [ownerOf(thread, from ?? 'queued', thread), ownerOf(thread, to, patch, bot)];
  if (had !== has) thread.ownership = (thread.ownership ?? 0) + 1;
  if (to !== 'bot') {
    thread.bot_id = null;
    thread.bot_name = null;
  } else if (bot) {
    thread.bot_id = bot.id;
    thread.bot_name = bot.name;
  }
  thread.contact_state = to;
  const told = thread as unknown as Record<string, unknown>;
  for (const name of shown) if (name in patch) told[name] = patch[name];
  if ('priority' in patch) thread.contact_priority = patch.priority as Thread['contact_priority'];
  return { thread, from, to, before, dueAt: patch.due_at as Date | null | undefined };
}

/** What of the patch the thread's row shows as well. */
const shown = [
  'assignee_id',
  'offered_to',
  'queue_id',
  'enqueued_at',
  'snoozed_until',
  'wrapup_until',
  'disposition_id',
  'closes_at',
  'transfers',
] as const;

export async function endSegment(tx: Tx, contactId: string | null, reason: string): Promise<void> {
  const sql = 'update segments set ended_at = now(), end_reason = $2 where contact_id = $1 and ended_at is null';
  await tx.prepared('segments.end', sql, [contactId, reason]);
}

export async function beginSegment(
  tx: Tx,
  contactId: string | null,
  owner: 'queue' | 'agent' | 'bot',
  id: string | null,
): Promise<void> {
  const sql = 'insert into segments (contact_id, owner_type, owner_id) values ($1, $2, $3)';
  await tx.prepared('segments.begin', sql, [contactId, owner, id]);
}
