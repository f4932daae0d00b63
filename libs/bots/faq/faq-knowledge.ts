import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { FaqEntry } from '#libs/contracts/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import { faqColumnsSql, toFaqEntry, type FaqRow } from './faq-row.js';
import { FaqIndex } from './matching/faq-index.js';
import { judge, type Judgement } from './matching/verdict.js';
import { japanese } from './matching/wording.js';

/** What an account's bot knows now. */
export interface Knowledge {
  judge(question: string): Judgement;
  entry(id: string): FaqEntry | undefined;
}

interface Known {
  index: FaqIndex;
  entries: ReadonlyMap<string, FaqEntry>;
}

const TOPIC = 'faq';

/** Every account's entries in memory, ready to be asked; read and indexed anew when one of them changed. */
@Injectable()
export class FaqKnowledge implements OnModuleInit {
  private readonly known = new Map<string, Promise<Known>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.announcements.on(TOPIC, (refs) => {
      for (const account of refs as string[]) this.known.delete(account);
    });
    this.announcements.onGap(() => this.known.clear());
  }

  /** Inside the transaction that changed an entry or a rewording. */
  changed(tx: Tx, accountId: string): void {
    this.announcements.announce(tx, TOPIC, accountId, null);
  }

  async of(accountId: string): Promise<Knowledge> {
    const { index, entries } = await this.load(accountId);
    const now = this.clock.date().toISOString();
    const answers = ({ validFrom, validUntil }: FaqEntry): boolean =>
      (validFrom === null || validFrom <= now) && (validUntil === null || now < validUntil);
    return {
      // What has no Japanese in it may still be meant for a Japanese entry: ETC, MNP.
      judge: (question) =>
        judge(
          index,
          question,
          ({ id, language }) => answers(entries.get(id)!) && (language === 'ja' || !japanese.test(question)),
        ),
      entry: (id) => {
        const entry = entries.get(id);
        return entry && answers(entry) ? entry : undefined;
      },
    };
  }

  /** One load at a time; what was read before a change is not kept after it. */
  private async load(accountId: string): Promise<Known> {
    for (;;) {
      const asked = this.known.get(accountId) ?? this.read(accountId);
      this.known.set(accountId, asked);
      try {
        const known = await asked;
        if (this.known.get(accountId) === asked) return known;
      } catch (fault) {
        if (this.known.get(accountId) === asked) this.known.delete(accountId);
        throw fault;
      }
    }
  }

  private async read(accountId: string): Promise<Known> {
    const [rows, [rewordings]] = await Promise.all([
      this.dataSource.query<FaqRow[]>(
        `select ${faqColumnsSql} from faq_entries e
         where e.account_id = $1 and e.deleted_at is null and e.state = 'on' order by e.id`,
        [accountId],
      ),
      this.dataSource.query<{ groups: string[][] }[]>('select groups from faq_rewordings where account_id = $1', [
        accountId,
      ]),
    ]);
    const entries = rows.map(toFaqEntry);
    const index = await FaqIndex.gently(
      entries.map(({ id, language, phrasings, content }) => ({ id, language, phrasings, answer: content.text })),
      rewordings?.groups,
    );
    return { index, entries: new Map(entries.map((entry) => [entry.id, entry])) };
  }
}
