import type { ConversationRow, DecisionView, ErrorBody, OfferView } from '#libs/contracts/index.js';
import type { AgentDesk, Answer } from '../support/agent-desk.js';
import { eventually } from '../support/eventually.js';
import type { Screen } from '../support/screen.js';
import { sameNumber } from '../support/same-number.js';

/** Somebody at her desk: what she presses, and what her screen was told. */
export class Clerk {
  constructor(
    readonly desk: AgentDesk,
    readonly screen: Screen,
  ) {}

  get id(): string {
    return this.desk.view.id;
  }

  async state(routing: 'ready' | 'not_ready', reason?: string): Promise<void> {
    const answer = await this.desk.send('PUT', '/api/agents/me/state', { routing, ...(reason ? { reason } : {}) });
    if (answer.status !== 200) throw new Error(`the state was answered ${answer.status}`);
  }

  ready(): Promise<void> {
    return this.state('ready');
  }

  async resumes(): Promise<void> {
    await this.desk.send('POST', '/api/agents/me/state/resume');
  }

  offers(): Promise<OfferView[]> {
    return this.desk.get('/api/offers');
  }

  /** The offer of this customer, as soon as her screen shows it, and while it has not ended. */
  offerOf(phone: string): Promise<OfferView> {
    const ended = (id: string): boolean =>
      this.screen.heard.some(({ name, event }) => name === 'offer:ended' && (event as { id: string }).id === id);
    return eventually(
      () =>
        this.screen.heard
          .filter(({ name }) => name === 'offer:made')
          .map(({ event }) => event as OfferView)
          .findLast(({ id, conversation }) => sameNumber(conversation.customer, phone) && !ended(id)),
      `the offer of ${phone}`,
    );
  }

  ended(id: string): Promise<string> {
    return eventually(() => {
      const ended = this.screen.heard.find(
        ({ name, event }) => name === 'offer:ended' && (event as { id: string }).id === id,
      );
      return ended && (ended.event as { outcome: string }).outcome;
    }, 'the end of the offer');
  }

  accepts(offer: { id: string }): Promise<Answer<ConversationRow & ErrorBody>> {
    return this.desk.send('POST', `/api/offers/${offer.id}/accept`);
  }

  declines(offer: { id: string }, reason = 'busy'): Promise<Answer<ErrorBody>> {
    return this.desk.send('POST', `/api/offers/${offer.id}/decline`, { reason });
  }

  does(what: string, id: string, body?: object): Promise<Answer<ConversationRow & ErrorBody>> {
    return this.desk.send('POST', `/api/conversations/${id}/${what}`, body);
  }

  decisions(id: string): Promise<DecisionView[]> {
    return this.desk.get(`/api/conversations/${id}/decisions`);
  }

  async activities(id: string): Promise<string[]> {
    return (await this.desk.messages(id)).flatMap(({ content }) =>
      content.type === 'activity' ? [content.activity] : [],
    );
  }

  /** The laptop is closed: no goodbye, the line is just gone. */
  vanishes(): void {
    this.screen.close();
  }
}
