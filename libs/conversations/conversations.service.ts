import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts, Connections } from '#libs/accounts/index.js';
import { Agents, type Rights } from '#libs/agents/index.js';
import { Carrier, parsePhone } from '#libs/carrier/index.js';
import {
  errorCodes,
  type ContactView,
  type ConversationDetail,
  type ConversationRow,
  type Reachability,
  type StartConversationBody,
  type WrapUpBody,
} from '#libs/contracts/index.js';
import { Transactions, type Tx } from '#libs/platform/database/index.js';
import { conflict, forbidden, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { addressOf } from './customers/address-key.js';
import { BotFacts } from './contacts/bot-facts.js';
import { ContactFlow } from './contacts/contact-flow.js';
import { rightsOf } from './contacts/contact-rights.js';
import { toContactView, type ContactRow } from './contacts/contact-view.js';
import { mayRead, rightsIn } from './conversation-access.js';
import { standingOfRow } from './conversation-news.js';
import { numbersFor } from './customers/numbers.js';
import { Drafts } from './drafts/drafts.service.js';
import type { Author } from './threads/posting.js';
import { selectThreadRows, toConversationRow, type Thread, type ThreadRow } from './threads/thread-row.js';
import { ThreadWriter } from './threads/thread-writer.js';

/** A conversation as one agent may see and steer it. Whatever holds a conversation for somebody came through `read`. */
@Injectable()
export class Conversations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly threads: ThreadWriter,
    private readonly contacts: ContactFlow,
    private readonly accounts: Accounts,
    private readonly connections: Connections,
    private readonly agents: Agents,
    private readonly carrier: Carrier,
    private readonly drafts: Drafts,
    private readonly bots: BotFacts,
  ) {}

  /** @throws 404 when it does not exist, and the same 404 when the agent may not see it */
  async read(author: Author, id: string): Promise<ThreadRow> {
    const [row] = await this.dataSource.query<ThreadRow[]>(`${selectThreadRows} where c.id = $1`, [id]);
    if (!row || !mayRead(author, standingOfRow(row))) throw notFound('The conversation');
    return row;
  }

  async detail(author: Author, id: string): Promise<ConversationDetail> {
    const row = await this.read(author, id);
    const [account, contacts, drafted, handOff, bots] = await Promise.all([
      this.accounts.get(row.account_id),
      this.history(id),
      this.drafts.of(author.agentId, id),
      this.bots.handOffOf(row.contact_id),
      this.bots.botsOf(row.account_id),
    ]);
    return {
      conversation: toConversationRow(row, numbersFor(author)),
      account: { id: account.id, name: account.name },
      contacts,
      draft: drafted?.text ?? '',
      drafted,
      may: rightsOf(author, row),
      handOff,
      bots,
    };
  }

  /** Staff write first. The same number again gives the conversation that is there; a known person keeps the name. */
  async start(author: Author, body: StartConversationBody): Promise<{ id: string; created: boolean }> {
    if (!author.permissions.has('conversation.start')) throw forbidden();
    if (!author.accountIds.includes(body.accountId)) throw notFound('The account');
    const phone = parsePhone(body.phone);
    if (phone === null) {
      const message = 'This is not a phone number.';
      throw invalid([{ field: 'phone', rule: 'isPhone', message }], errorCodes.invalidPhone);
    }
    const connection = await this.connections.activeOf(body.accountId);
    return this.transactions.run(async (tx) => {
      const [customer] = await tx.query<{ id: string; blocked: boolean; opted_out: boolean }>(
        `insert into customers (address, phone, name) values ($1, $1, $2)
         on conflict (address) do update set address = excluded.address
         returning id, blocked_at is not null as blocked, opted_out_at is not null as opted_out`,
        [phone, body.name ?? null],
      );
      if (customer!.blocked) throw conflict(errorCodes.customerBlocked, 'The customer is blocked.');
      if (customer!.opted_out) throw conflict(errorCodes.customerOptedOut, 'The customer wants no messages.');
      const [made] = await tx.query<{ id: string }>(
        `insert into conversations (account_id, customer_id, connection_id) values ($1, $2, $3)
         on conflict (account_id, customer_id) do nothing returning id`,
        [body.accountId, customer!.id, connection?.id ?? null],
      );
      if (made) {
        const thread = await this.threads.lock(tx, made.id);
        await this.contacts.take(tx, thread, author);
        await this.threads.save(tx, [thread]);
        return { id: made.id, created: true };
      }
      const [known] = await tx.query<{ id: string }>(
        'select id from conversations where account_id = $1 and customer_id = $2',
        [body.accountId, customer!.id],
      );
      return { id: known!.id, created: false };
    });
  }

  /**
   * To oneself, to a colleague (right `conversation.assign`), or back to the queue (null).
   * @throws 409 `already_assigned` when a colleague has it: the first one wins
   */
  async assign(author: Author, id: string, agentId: string | null, override = false): Promise<ConversationRow> {
    // Before the transaction: inside, reading rights would ask for a second connection while holding the first.
    const chosen = agentId === null || agentId === author.agentId ? null : await this.agents.rightsOf(agentId);
    return this.steer(author, id, async (tx, thread) => {
      const rights = rightsIn(author, standingOfRow(thread));
      if (agentId === null) {
        if (thread.assignee_id === null) return;
        if (!rights.giveBack) throw forbidden('Only whoever has the conversation may give it back.');
        return this.contacts.giveBack(tx, thread, author);
      }
      if (agentId === thread.assignee_id) return;
      if (thread.offered_to !== null && thread.offered_to !== agentId && !rights.assign) {
        throw conflict(errorCodes.alreadyAssigned, 'The conversation is being offered to a colleague.');
      }
      if (agentId === author.agentId && thread.assignee_id === null) {
        if (!rights.take) throw forbidden();
        return this.contacts.take(tx, thread, author);
      }
      if (!rights.assign) {
        if (agentId !== author.agentId) throw forbidden('You may only take conversations for yourself.');
        throw conflict(errorCodes.alreadyAssigned, `${thread.assignee_name ?? 'A colleague'} has this conversation.`);
      }
      const to = agentId === author.agentId ? author : answererOf(thread, agentId, chosen);
      await this.contacts.assign(tx, thread, author, to, override);
    });
  }

  close(author: Author, id: string, said: WrapUpBody = {}): Promise<ConversationRow> {
    return this.steer(author, id, async (tx, thread) => {
      if (thread.contact_id === null) return;
      if (!rightsIn(author, standingOfRow(thread)).close) throw forbidden('A colleague has this conversation.');
      await this.contacts.close(tx, thread, author, said);
    });
  }

  async reachability(author: Author, id: string): Promise<Reachability> {
    const row = await this.read(author, id);
    const connectionId = row.connection_id ?? (await this.connections.activeOf(row.account_id))?.id;
    if (connectionId === undefined) return { state: 'unknown', capabilities: [], checkedAt: new Date().toISOString() };
    return this.carrier.reachability(connectionId, addressOf(row.address));
  }

  /** One conversation that the person may see, under its lock; saved and announced when anything was touched. */
  steer(author: Author, id: string, work: (tx: Tx, thread: Thread) => Promise<void>): Promise<ConversationRow> {
    return this.transactions.run(async (tx) => {
      const thread = await this.threads.lock(tx, id);
      if (!mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
      await work(tx, thread);
      if (thread.touched.length > 0) await this.threads.save(tx, [thread]);
      return toConversationRow(thread, numbersFor(author));
    });
  }

  private async history(id: string): Promise<ContactView[]> {
    const rows = await this.dataSource.query<(ContactRow & { waiting_since: Date | null })[]>(
      `select t.*, a.name as assignee_name, b.name as bot_name, c.waiting_since
       from contacts t join conversations c on c.id = t.conversation_id
         left join agents a on a.id = t.assignee_id left join bots b on b.id = t.bot_id
       where t.conversation_id = $1 order by t.id desc limit 20`,
      [id],
    );
    return rows.map((row) => toContactView(row, row.waiting_since === null));
  }
}

function answererOf(thread: Thread, agentId: string, rights: Rights | null): { agentId: string; name: string } {
  const able = rights?.accountIds.includes(thread.account_id) && rights.permissions.has('conversation.reply');
  if (!rights || !able) {
    throw invalid([{ field: 'agentId', rule: 'mayReply', message: 'This agent cannot answer for the account.' }]);
  }
  return { agentId, name: rights.agent.name };
}
