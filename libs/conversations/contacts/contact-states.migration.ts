import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All the states of a contact, and what routing keeps with it. */
export class ContactStates1764200004000 implements MigrationInterface {
  name = 'ContactStates1764200004000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const statements = [
  `alter table contacts
     add column queue_id bigint,
     add column weight smallint not null default 1,
     add column priority text not null default 'normal',
     -- What waits is ordered by this: the first enqueuing minus the head start of the priority.
     add column effective_at timestamptz(3),
     -- Contacts with the same key ask the same of agents; null: routing has not looked at it since it entered a queue.
     add column need_key text collate "C",
     -- The next moment at which time alone changes something; whichever node is there then acts.
     add column due_at timestamptz(3),
     -- Entered a queue for the first time; null: never.
     add column admitted_at timestamptz(3),
     add column taken_in_hours boolean not null default true,
     add column preferred_agent_id bigint,
     add column preferred_since timestamptz(3),
     add column declined_by bigint[] not null default '{}',
     add column declined_at timestamptz(3),
     -- Reserved for her until she answers. With an assignee it is a transfer, and he stays the owner.
     add column offered_to bigint references agents,
     add column first_offered_at timestamptz(3),
     add column handoff_requested_at timestamptz(3),
     add column transfers smallint not null default 0,
     add column held_at timestamptz(3),
     add column snoozed_until timestamptz(3),
     add column wrapup_started_at timestamptz(3),
     add column wrapup_until timestamptz(3),
     add column disposition_id text,
     add column disposition_note text,
     -- When it closes because the customer says nothing; set by the warning.
     add column closes_at timestamptz(3),
     add column abandoned_at timestamptz(3),
     drop constraint contacts_state,
     add constraint contacts_state check (state in
       ('queued', 'offered', 'active', 'held', 'waiting', 'snoozed', 'wrapup', 'closed', 'abandoned')),
     add constraint contacts_priority check (priority in ('urgent', 'high', 'normal', 'low')),
     add constraint contacts_weight check (weight between 1 and 10)`,

  // In its queue's order among those that ask the same; the few different askings are skipped through.
  `create index contacts_waiting on contacts (queue_id, need_key, effective_at, id)
     where state = 'queued' and need_key is not null`,
  `create index contacts_unplaced on contacts (queue_id, id)
     where state = 'queued' and need_key is null and queue_id is not null`,
  `create index contacts_arrived on contacts (account_id, id)
     where state = 'queued' and need_key is null and queue_id is null`,
  `create index contacts_due on contacts (due_at) where due_at is not null`,
  `create index contacts_held_by on contacts (assignee_id) include (weight, state)
     where assignee_id is not null and state in ('active', 'held', 'waiting', 'wrapup')`,
  `create index contacts_offered_to on contacts (offered_to) include (weight) where offered_to is not null`,
  `create index contacts_accepted on contacts (queue_id, first_accepted_at)
     where queue_id is not null and first_accepted_at is not null`,
  `create index contacts_in_queue on contacts (queue_id, enqueued_at) where state in ('queued', 'offered')`,

  // Where new contacts of an account begin; written by routing, narrow because every new contact asks it.
  `create table account_queues (
     account_id bigint primary key references accounts,
     queue_id bigint not null
   )`,

  // One row for every change of state: what reports are computed from.
  `create table contact_events (
     id bigint generated always as identity primary key,
     contact_id bigint not null,
     from_state text not null,
     to_state text not null,
     cause text not null,
     by_agent_id bigint,
     at timestamptz(3) not null default now()
   )`,
  `create index contact_events_contact on contact_events (contact_id, id)`,
];
