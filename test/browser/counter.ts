import type {
  AgentStateView,
  ConversationDetail,
  ConversationRow,
  CreateQueueBody,
  OfferView,
  QueueView,
} from '#libs/contracts/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import type { Customer } from '../support/customer.js';
import { eventually } from '../support/eventually.js';
import type { OfficialAccount } from '../support/world.js';
import type { ConsoleWindow } from './console-window.js';
import type { Office } from './office.js';
import { sameNumber } from '../support/same-number.js';

/** An official account with a queue of its own, and the people who sit at it. */
export class Counter {
  private constructor(
    readonly office: Office,
    readonly account: OfficialAccount,
    readonly queue: QueueView,
    readonly admin: AgentDesk,
    readonly people: AgentDesk[],
  ) {}

  static async open(
    office: Office,
    names: readonly string[],
    rules: Partial<CreateQueueBody> = {},
    accountName = '窓口銀行',
  ): Promise<Counter> {
    const account = await office.world.account(office.world.first, accountName);
    const admin = await office.world.agent(account, { name: '中村 管理', role: 'admin', visibility: 'all' });
    const people: AgentDesk[] = [];
    for (const name of names) people.push(await office.world.agent(account, { name }));
    const answer = await admin.send<QueueView>('POST', '/api/queues', {
      name: `カード窓口 ${account.id}`,
      accountIds: [account.id],
      members: people.map(({ view }) => ({ agentId: view.id, rank: 1, delaySeconds: 0 })),
      ...rules,
    });
    if (answer.status !== 201) throw new Error(`the queue was answered ${answer.status}`);
    return new Counter(office, account, answer.body, admin, people);
  }

  /** A customer who writes; with a name she is known from an earlier contact. */
  async caller(text: string, name?: string): Promise<Customer> {
    const customer = await this.office.world.customer(this.account);
    if (name !== undefined) {
      const body = { accountId: this.account.id, phone: customer.phone, name };
      const { conversation } = (await this.admin.send<ConversationDetail>('POST', '/api/conversations', body)).body;
      await this.does(this.admin, 'close', conversation.id);
    }
    await customer.writes(text);
    await eventually(
      async () =>
        (await this.admin.rows()).some((row) => row.contact !== null && row.customer.phone === customer.phone),
      `the contact of ${customer.phone}`,
    );
    return customer;
  }

  /** By hand, before anybody is asked. She has to be there: what somebody holds who is not, goes back to the queue. */
  async takes(desk: AgentDesk, id: string): Promise<void> {
    await desk.screen();
    await this.connected(desk);
    await this.does(desk, 'assign', id, { agentId: 'me' });
  }

  /** 受付可 as soon as her window has a line. */
  async ready(desk: AgentDesk): Promise<void> {
    await this.connected(desk);
    await desk.send('PUT', '/api/agents/me/state', { routing: 'ready' });
  }

  private connected(desk: AgentDesk): Promise<boolean> {
    return eventually(
      async () => (await desk.get<AgentStateView>('/api/agents/me/state')).connection === 'connected',
      `${desk.view.name} to be connected`,
    );
  }

  /** What she is being offered of this customer, as soon as she is. */
  offerOf(desk: AgentDesk, { phone }: Customer): Promise<OfferView> {
    return eventually(
      async () =>
        (await desk.get<OfferView[]>('/api/offers')).find(({ conversation }) =>
          sameNumber(conversation.customer, phone),
        ),
      `the offer of ${phone}`,
    );
  }

  async does(desk: AgentDesk, what: string, id: string, body?: object): Promise<ConversationRow> {
    const answer = await desk.send<ConversationRow>('POST', `/api/conversations/${id}/${what}`, body);
    if (answer.status !== 200) throw new Error(`${what} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** What somebody sees of offers on her screen. */
export class Offers {
  constructor(private readonly window: ConsoleWindow) {}

  get card() {
    return this.window.get('offer');
  }

  get lines() {
    return this.window.get('offer-line');
  }

  async accepts(): Promise<void> {
    await this.window.get('accept-offer').click();
  }

  async declines(reason: string): Promise<void> {
    await this.window.get('decline-offer').click();
    await this.window.get(`decline-${reason}`).click();
  }

  gone(): Promise<void> {
    return this.card.waitFor({ state: 'detached' });
  }

  /** May be pressed: its first moment is over. */
  armed(): Promise<void> {
    return this.window.page.locator('[data-testid="offer"][data-armed]').waitFor();
  }
}
