import { Injectable } from '@nestjs/common';
import { errorCodes, type NewPerson, type VerificationMethod } from '#libs/contracts/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { conflict, forbidden, notFound } from '#libs/platform/telemetry/index.js';
import { addressOf, formerKey, isFormer } from './address-key.js';
import { ContactFlow } from '../contacts/contact-flow.js';
import { ContactLines } from '../contacts/contact-lines.js';
import { mayRead } from '../conversation-access.js';
import { standingOfRow } from '../conversation-news.js';
import type { Author } from '../threads/posting.js';
import { ThreadWriter } from '../threads/thread-writer.js';
import { Blocked } from './blocked.js';
import { CustomerFields } from './fields.service.js';
import { People } from './people.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How we stand with the person at a number: 本人確認, block, opt-out, and whether it is still the same person. */
@Injectable()
export class CustomerStanding {
  constructor(
    private readonly people: People,
    private readonly fields: CustomerFields,
    private readonly threads: ThreadWriter,
    private readonly contacts: ContactFlow,
    private readonly lines: ContactLines,
    private readonly blocked: Blocked,
    private readonly clock: Clock,
  ) {}

  /** Holds for as long as the account's rule says; nothing has to happen for it to end. */
  verify(author: Author, customerId: string, conversationId: string, method: VerificationMethod): Promise<void> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    return this.people.change(author, customerId, async (tx, { threads }) => {
      const thread = threads.find(({ id }) => id === conversationId);
      if (thread?.customer_id !== customerId || !mayRead(author, standingOfRow(thread))) {
        throw notFound('The conversation');
      }
      const at = this.clock.date();
      const days = await this.fields.verificationDays(tx, thread.account_id);
      await tx.query(
        'update customers set verified_at = $2, verified_until = $3, verified_method = $4, verified_by = $5 where id = $1',
        [customerId, at, new Date(at.getTime() + days * DAY_MS), method, author.agentId],
      );
    });
  }

  unverify(author: Author, customerId: string): Promise<void> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    return this.people.change(author, customerId, async (tx) => {
      await tx.query(
        `update customers set verified_at = null, verified_until = null, verified_method = null, verified_by = null
         where id = $1`,
        [customerId],
      );
    });
  }

  /** Again changes the reason only. */
  block(author: Author, customerId: string, reason: string | null): Promise<void> {
    if (!author.permissions.has('customer.block')) throw forbidden();
    return this.people.change(author, customerId, async (tx, { threads }) => {
      for (const thread of threads) {
        if (thread.customer_id !== customerId || !['bot', 'queued'].includes(thread.contact_state ?? '')) continue;
        await this.contacts.end(tx, thread, author, 'blocked', 'contact.blocked');
      }
      this.blocked.changed(tx);
      await tx.query(
        `update customers set blocked_by = case when blocked_at is null then $3 else blocked_by end,
           blocked_at = coalesce(blocked_at, $4), blocked_reason = $2 where id = $1`,
        [customerId, reason, author.agentId, this.clock.date()],
      );
    });
  }

  unblock(author: Author, customerId: string): Promise<void> {
    if (!author.permissions.has('customer.block')) throw forbidden();
    return this.people.change(author, customerId, async (tx) => {
      await tx.query('update customers set blocked_at = null, blocked_by = null, blocked_reason = null where id = $1', [
        customerId,
      ]);
    });
  }

  optOut(author: Author, customerId: string): Promise<void> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    return this.people.change(author, customerId, async (tx) => {
      await tx.query(
        'update customers set opted_out_at = $2, opted_out_by = $3 where id = $1 and opted_out_at is null',
        [customerId, this.clock.date(), author.agentId],
      );
    });
  }

  optIn(author: Author, customerId: string): Promise<void> {
    if (!author.permissions.has('customer.edit')) throw forbidden();
    return this.people.change(author, customerId, async (tx) => {
      await tx.query('update customers set opted_out_at = null, opted_out_by = null where id = $1', [customerId]);
    });
  }

  /**
   * The number belongs to somebody else from now on. The one we knew keeps her conversations, which are ended and stay to
   * be read; the number goes to a new customer of whom nothing is known. Whatever comes in next is hers.
   */
  newPerson(author: Author, customerId: string, conversationId: string): Promise<NewPerson> {
    if (!author.permissions.has('customer.merge')) throw forbidden();
    return this.people.change(author, customerId, async (tx, { threads }) => {
      const hers = threads.filter((thread) => thread.customer_id === customerId);
      const thread = hers.find(({ id }) => id === conversationId);
      if (!thread || !mayRead(author, standingOfRow(thread))) throw notFound('The conversation');
      const { address } = thread;
      if (isFormer(address)) throw conflict(errorCodes.numberReassigned, 'The number has another owner already.');
      if (addressOf(address).kind !== 'phone') {
        throw conflict(errorCodes.wrongState, 'Only a shown number can go to another person.');
      }
      for (const each of hers) {
        if (each.contact_id !== null) await this.contacts.end(tx, each, author, 'new_person', 'customer.newPerson');
        else await this.lines.write(tx, each, author, 'customer.newPerson');
      }
      await tx.query('update customers set address = $2 where id = $1', [customerId, formerKey(customerId, address)]);
      const [person] = await tx.query<{ id: string }>(
        'insert into customers (address, phone) values ($1, $1) returning id',
        [address],
      );
      await tx.query('update customers set succeeded_by = $2 where id = $1', [customerId, person!.id]);
      // Of whoever parted them, so that she finds it again before anybody has written.
      const [made] = await tx.query<{ id: string }>(
        `insert into conversations (account_id, customer_id, connection_id, last_assignee_id) values ($1, $2, $3, $4)
         returning id`,
        [thread.account_id, person!.id, thread.connection_id, author.agentId],
      );
      await this.threads.save(tx, [await this.threads.lock(tx, made!.id)]);
      return { customerId: person!.id, conversationId: made!.id };
    });
  }
}
