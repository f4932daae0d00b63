import type { QueryClient } from '@tanstack/react-query';
import type { ConversationRow, DeclineBody, OfferEnded, OfferView } from '#libs/contracts/index.js';
import { api } from '../http/api.js';
import { toApiError } from '../http/api-error.js';
import { heardFromServer } from '../time/clock.js';
import { applyEnded, applyMade, type OfferBook } from './offers.cache.js';
import { Partings } from './partings.js';
import { heardOffers, offerKeys } from './queries.js';

/** What this agent is being offered, kept right by news, and her answers. */
export class LiveOffers {
  readonly partings = new Partings();
  /** Answered at this screen: how they end is no news here. */
  private readonly answered = new Set<string>();

  constructor(
    private readonly client: QueryClient,
    private readonly taken: (row: ConversationRow) => void,
  ) {}

  made(offer: OfferView): void {
    heardFromServer(offer.madeAt);
    heardOffers.hear({ made: offer });
    this.change((book) => applyMade(book, offer));
  }

  ended(event: OfferEnded): void {
    const offer = this.book()?.open.find(({ id }) => id === event.id);
    heardOffers.hear({ ended: event });
    this.change((book) => applyEnded(book, event));
    if (offer && !this.answered.has(event.id)) this.partings.tell(offer, event.outcome);
  }

  /** After a connect or a gap. */
  async catchUp(): Promise<void> {
    await this.client.invalidateQueries({ queryKey: offerKeys.book });
  }

  async accept({ id }: OfferView): Promise<ConversationRow> {
    const row = await this.answer(id, () => api.acceptOffer(id));
    this.taken(row);
    return row;
  }

  async decline({ id }: OfferView, body: DeclineBody): Promise<void> {
    await this.answer(id, () => api.declineOffer(id, body));
  }

  private async answer<T>(id: string, ask: () => Promise<T>): Promise<T> {
    this.answered.add(id);
    try {
      const answer = await ask();
      this.gone(id);
      return answer;
    } catch (error) {
      const { code } = toApiError(error);
      // It was over before: what is said of the answer says it.
      if (code === 'offer_ended' || code === 'not_found') this.gone(id);
      // Not known whether the server has done it: it will say how it ended, or a fetch will.
      else this.answered.delete(id);
      throw error;
    }
  }

  private gone(id: string): void {
    heardOffers.hear({ ended: { id } });
    this.change((book) => applyEnded(book, { id }));
  }

  private book(): OfferBook | undefined {
    return this.client.getQueryData<OfferBook>(offerKeys.book);
  }

  private change(change: (book: OfferBook) => OfferBook): void {
    this.client.setQueryData<OfferBook>(offerKeys.book, (book) => book && change(book));
  }
}
