import { randomBytes } from 'node:crypto';
import type { Journal } from '../journal.js';
import { Problem } from '../problem.js';
import { freshHandset, type Handset, type HandsetChange } from './handset.js';
import { isJapaneseMobile } from './phone-number.js';

export class Handsets {
  private readonly handsets = new Map<string, Handset>();
  private readonly byChatId = new Map<string, Handset>();

  constructor(private readonly journal: Journal) {
    for (const handset of journal.kept<Handset>('handset')) this.keep(handset);
  }

  all(): Handset[] {
    return [...this.handsets.values()];
  }

  find(msisdn: string): Handset | undefined {
    return this.handsets.get(msisdn);
  }

  findByChatId(chatId: string): Handset | undefined {
    return this.byChatId.get(chatId);
  }

  /** Any Japanese mobile number is somebody's handset: it is made with defaults when it is first addressed. */
  reach(msisdn: string): Handset | undefined {
    return this.handsets.get(msisdn) ?? (isJapaneseMobile(msisdn) ? this.change(msisdn, {}) : undefined);
  }

  need(msisdn: string): Handset {
    const handset = this.reach(msisdn);
    if (!handset) throw new Problem(404, 'not_found', 'There is no such handset; create it with PUT first');
    return handset;
  }

  change(msisdn: string, change: HandsetChange): Handset {
    const handset = this.handsets.get(msisdn) ?? freshHandset(msisdn);
    Object.assign(handset, change);
    if (handset.anonymous) handset.chatId ??= `chat-${randomBytes(12).toString('hex')}`;
    this.keep(handset);
    this.journal.put('handset', msisdn, handset);
    return handset;
  }

  private keep(handset: Handset): void {
    this.handsets.set(handset.msisdn, handset);
    if (handset.chatId) this.byChatId.set(handset.chatId, handset);
  }
}
