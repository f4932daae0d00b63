import { randomUUID } from 'node:crypto';
import type {
  AgentView,
  ConversationDetail,
  ConversationPage,
  ConversationRow,
  ErrorBody,
  MessagePage,
  MessageView,
} from '#libs/contracts/index.js';
import { eventually } from './eventually.js';
import { Screen } from './screen.js';
import { sameNumber } from './same-number.js';

export interface Answer<B> {
  status: number;
  body: B;
  headers: Headers;
}

/** Somebody signed in at a node: HTTP as a browser would speak it, and screens. */
export class AgentDesk {
  cookie = '';
  private readonly screens: Screen[] = [];

  constructor(
    readonly url: string,
    readonly view: AgentView,
  ) {}

  /** The same session, at another node. */
  at(url: string): AgentDesk {
    const desk = new AgentDesk(url, this.view);
    desk.cookie = this.cookie;
    return desk;
  }

  async signIn(password: string): Promise<void> {
    const answer = await this.send('POST', '/api/session', { email: this.view.email, password });
    if (answer.status !== 200) throw new Error(`sign-in was answered ${answer.status}`);
    this.cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  }

  async send<B = ErrorBody>(method: string, path: string, body?: unknown): Promise<Answer<B>> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text === '' ? null : JSON.parse(text)) as B };
  }

  async get<B>(path: string): Promise<B> {
    const { status, body } = await this.send<B>('GET', path);
    if (status !== 200) throw new Error(`${path} was answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async rows(view = 'all'): Promise<ConversationRow[]> {
    return (await this.get<ConversationPage>(`/api/conversations?view=${view}&order=newest&limit=200`)).rows;
  }

  /** The conversation with this customer, as soon as it is there. */
  conversationWith(customer: { phone: string }): Promise<ConversationRow> {
    return eventually(
      async () => (await this.rows()).find((row) => sameNumber(row.customer, customer.phone)),
      'the conversation in the list',
    );
  }

  detail(id: string): Promise<ConversationDetail> {
    return this.get(`/api/conversations/${id}`);
  }

  async messages(id: string, query = 'limit=200'): Promise<MessageView[]> {
    return (await this.get<MessagePage>(`/api/conversations/${id}/messages?${query}`)).messages;
  }

  takes(id: string): Promise<Answer<ConversationRow & ErrorBody>> {
    return this.send('POST', `/api/conversations/${id}/assign`, { agentId: 'me' });
  }

  givesBack(id: string): Promise<Answer<ConversationRow & ErrorBody>> {
    return this.send('POST', `/api/conversations/${id}/assign`, { agentId: null });
  }

  closes(id: string): Promise<Answer<ConversationRow & ErrorBody>> {
    return this.send('POST', `/api/conversations/${id}/close`);
  }

  posts(id: string, text: string, clientId: string = randomUUID()): Promise<Answer<MessageView & ErrorBody>> {
    return this.send('POST', `/api/conversations/${id}/messages`, { clientId, content: { type: 'text', text } });
  }

  notes(id: string, text: string): Promise<Answer<MessageView & ErrorBody>> {
    return this.send('POST', `/api/conversations/${id}/notes`, { clientId: randomUUID(), text });
  }

  reads(id: string, upTo: number): Promise<Answer<ConversationRow & ErrorBody>> {
    return this.send('POST', `/api/conversations/${id}/read`, { upTo });
  }

  /** A browser window: connected, its list loaded. */
  async screen(): Promise<Screen> {
    const screen = new Screen(this);
    this.screens.push(screen);
    await screen.open();
    return screen;
  }

  /** Why a browser window is not let in. */
  async refusedScreen(): Promise<string> {
    const { socket } = new Screen(this);
    try {
      return await new Promise((refused, connected) => {
        socket.once('connect', () => connected(new Error('the window was let in')));
        socket.once('connect_error', (fault) => refused(fault.message));
        socket.connect();
      });
    } finally {
      socket.disconnect();
    }
  }

  leave(): void {
    for (const screen of this.screens) screen.close();
  }
}
