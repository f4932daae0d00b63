import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BotKind } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { SecretBox, Settings } from '#libs/platform/settings/index.js';
import { Log } from '#libs/platform/telemetry/index.js';
import type { Bot } from './bot.js';
import { BotKinds, type StoredBot } from './bot-kinds.js';

/** A bot with what answers for it here. */
export interface KnownBot extends StoredBot {
  answers: Bot | null;
}

/** Who answers at an account before people do. */
export interface Desk {
  /** In their order, also those that are switched off or not to be had. */
  botIds: readonly string[];
  words: readonly string[];
  handOffText: string | null;
}

interface Row {
  id: string;
  key: string;
  kind: BotKind;
  name: string;
  enabled: boolean;
  settings: Record<string, unknown>;
  secret: Buffer | null;
  version: number;
  created_at: Date;
}

interface DeskRow {
  account_id: string;
  bot_ids: string[];
  words: string[];
  hand_off_text: string | null;
}

export type AskableBot = KnownBot & { answers: Bot };

/** Bots and orders as they are at one moment. */
export class Book {
  constructor(
    private readonly bots: ReadonlyMap<string, KnownBot>,
    private readonly desks: ReadonlyMap<string, Desk>,
  ) {}

  get all(): KnownBot[] {
    return [...this.bots.values()];
  }

  bot(id: string): KnownBot | undefined {
    return this.bots.get(id);
  }

  desk(accountId: string): Desk {
    return this.desks.get(accountId) ?? nobody;
  }

  /** Those of an account that can be asked, in their order. */
  ofAccount(accountId: string): AskableBot[] {
    return this.desk(accountId).botIds.flatMap((id) => this.askable(id) ?? []);
  }

  /** Behind this one in the account's order; null: a person. */
  behind(accountId: string, botId: string): AskableBot | null {
    const { botIds } = this.desk(accountId);
    const at = botIds.indexOf(botId);
    if (at < 0) return null;
    for (const id of botIds.slice(at + 1)) {
      const bot = this.askable(id);
      if (bot) return bot;
    }
    return null;
  }

  askable(id: string): AskableBot | null {
    const bot = this.bots.get(id);
    return bot && bot.enabled && bot.answers !== null ? { ...bot, answers: bot.answers } : null;
  }

  /** The accounts in whose order each bot stands. */
  get places(): Map<string, string[]> {
    const places = new Map<string, string[]>();
    for (const [accountId, { botIds }] of this.desks) {
      for (const id of botIds) places.set(id, [...(places.get(id) ?? []), accountId]);
    }
    return places;
  }
}

const TOPIC = 'bots';
const nobody: Desk = { botIds: [], words: [], handOffText: null };

/** Every bot and every account's order in memory, read anew when one changed: turns ask far more often than anybody sets them. */
@Injectable()
export class BotBook implements OnModuleInit {
  private known: Promise<Book> | null = null;
  private readonly made = new Map<string, { version: number; answers: Bot | null }>();
  private readonly box: SecretBox;

  constructor(
    private readonly dataSource: DataSource,
    private readonly announcements: Announcements,
    private readonly kinds: BotKinds,
    private readonly log: Log,
    settings: Settings,
  ) {
    this.box = new SecretBox(settings, 'bot secrets', 'Secrets of bots');
  }

  onModuleInit(): void {
    const forget = (): void => void (this.known = null);
    this.announcements.on(TOPIC, forget);
    this.announcements.onGap(forget);
  }

  /** Inside the transaction that changed a bot or an order. */
  changed(tx: Tx): void {
    this.announcements.announce(tx, TOPIC, 1);
  }

  seal(secret: string, key: string): Buffer {
    return this.box.seal(secret, key);
  }

  /** One load at a time; what was read before a change is not kept after it. */
  async current(): Promise<Book> {
    for (;;) {
      const asked = (this.known ??= this.load());
      try {
        const book = await asked;
        if (this.known === asked) return book;
      } catch (fault) {
        if (this.known === asked) this.known = null;
        throw fault;
      }
    }
  }

  private async load(): Promise<Book> {
    const [rows, desks] = await Promise.all([
      this.dataSource.query<Row[]>(
        `select id, key, kind, name, enabled, settings, secret, version, created_at from bots where deleted_at is null order by id`,
      ),
      this.dataSource.query<DeskRow[]>(
        `select a.id as account_id, r.words, r.hand_off_text,
           array(select b.bot_id::text from account_bots b where b.account_id = a.id order by b.place) as bot_ids
         from accounts a left join account_bot_rules r on r.account_id = a.id`,
      ),
    ]);
    return new Book(
      new Map(rows.map((row) => [row.id, this.toKnown(row)])),
      new Map(
        desks.map(({ account_id, bot_ids, words, hand_off_text }) => [
          account_id,
          { botIds: bot_ids, words: words ?? [], handOffText: hand_off_text },
        ]),
      ),
    );
  }

  private toKnown({ created_at, secret, ...row }: Row): KnownBot {
    const stored: StoredBot = {
      ...row,
      hasSecret: secret !== null,
      createdAt: created_at,
      secret: () => (secret === null ? null : this.box.open(secret, row.key)),
    };
    return { ...stored, answers: this.make(stored) };
  }

  private make(row: StoredBot): Bot | null {
    const before = this.made.get(row.id);
    if (before?.version === row.version) return before.answers;
    let answers: Bot | null = null;
    try {
      answers = this.kinds.of(row.kind)?.make(row) ?? null;
    } catch (fault) {
      this.log.error({ err: fault, bot: row.key }, 'a bot cannot be made; it is passed over');
    }
    this.made.set(row.id, { version: row.version, answers });
    return answers;
  }
}
