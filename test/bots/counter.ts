import type {
  BotAnswer,
  BotIdea,
  BotTurn,
  BotTurnOutcome,
  BotView,
  ConversationRow,
  MessageView,
} from '#libs/contracts/index.js';
import type { Bot, BotDesk } from '#libs/bots/index.js';
import type { AgentDesk } from '../support/agent-desk.js';
import { Carrier } from '../support/carrier.js';
import { eventually } from '../support/eventually.js';
import { World, type OfficialAccount } from '../support/world.js';

type Script = (turn: BotTurn, desk: BotDesk) => Promise<BotAnswer>;

/** Says what the test tells it to, by the customer's number of the test: every test has customers of its own. */
export class FirstBot implements Bot {
  readonly key = 'first';
  readonly name = '案内係';
  /** By the first words of the customer. */
  static readonly scripts = new Map<string, Script>();
  static readonly turns: BotTurn[] = [];
  private readonly of = new Map<string, Script>();

  answer(turn: BotTurn, desk: BotDesk): Promise<BotAnswer> {
    FirstBot.turns.push(turn);
    const word = turn.said[0]!.type === 'text' ? turn.said[0]!.text : '';
    const script = FirstBot.scripts.get(word) ?? this.of.get(turn.conversationId);
    if (!script) throw new Error(`nobody told the bot what to say to ${word}`);
    this.of.set(turn.conversationId, script);
    return script(turn, desk);
  }

  async ideas({ said }: BotTurn): Promise<BotIdea[]> {
    return [{ text: `「${said.at(-1)!.type}」へのお返事です。`, source: 'よくある質問' }];
  }
}

/** Stands behind the first one. */
export class SecondBot implements Bot {
  readonly key = 'second';

  async answer({ said }: BotTurn): Promise<BotAnswer> {
    const answers = said.some((words) => words.type === 'text' && words.text.includes('二番目'));
    return { steps: [answers ? { do: 'say', text: '二番目がお答えします。' } : { do: 'pass' }] };
  }
}

export interface TurnRow {
  id: string;
  outcome: BotTurnOutcome | null;
  fault: string | null;
  number: number;
  from_seq: number;
  to_seq: number;
  started_at: Date;
  ended_at: Date | null;
}

/** An account at which bots answer first. */
export class Counter {
  private phones = 0;

  private constructor(
    readonly world: World,
    readonly account: OfficialAccount,
    readonly admin: AgentDesk,
  ) {}

  static async open(): Promise<Counter> {
    const world = await World.open({}, {}, undefined, undefined, [FirstBot, SecondBot]);
    const account = await world.account();
    const admin = await world.agent(account, { role: 'admin', visibility: 'all', name: '管理' });
    const counter = new Counter(world, account, admin);
    await counter.answeredBy(['first', 'second']);
    return counter;
  }

  close(): Promise<void> {
    return this.world.close();
  }

  async answeredBy(keys: readonly string[], account: OfficialAccount = this.account): Promise<void> {
    const bots = await this.admin.get<BotView[]>('/api/bots');
    const botIds = keys.map((key) => bots.find((bot) => bot.key === key)!.id);
    const answer = await this.admin.send('PUT', `/api/bots/accounts/${account.id}`, { botIds });
    if (answer.status !== 200)
      throw new Error(`the order was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** To these first words the bot answers so, and to all that follow in the same conversation. */
  script(firstWords: string, script: Script | BotAnswer['steps']): void {
    FirstBot.scripts.set(firstWords, Array.isArray(script) ? async () => ({ steps: script }) : (script as Script));
  }

  /** Somebody new, by the carrier's webhook. */
  async caller(account: OfficialAccount = this.account): Promise<Caller> {
    this.phones += 1;
    return new Caller(this, account, `+8160${String(10_000_000 + this.phones)}`);
  }

  async turns(conversationId: string): Promise<TurnRow[]> {
    return this.world.query<TurnRow>('select * from bot_turns where conversation_id = $1 order by id', [
      conversationId,
    ]);
  }

  ended(conversationId: string, count = 1): Promise<TurnRow[]> {
    return eventually(async () => {
      const turns = await this.turns(conversationId);
      return turns.length >= count && turns.every(({ outcome }) => outcome !== null) && turns;
    }, `${count} turns to end`);
  }
}

export class Caller {
  private readonly carrier: Carrier;
  private known: string | null = null;

  constructor(
    private readonly counter: Counter,
    account: OfficialAccount,
    readonly phone: string,
  ) {
    this.carrier = new Carrier(counter.world.first.url, account);
  }

  async writes(text: string): Promise<void> {
    const { status } = await this.carrier.tells(this.carrier.message(this.phone, text));
    if (status !== 200) throw new Error(`the webhook was answered ${status}`);
  }

  async id(): Promise<string> {
    if (this.known === null) {
      const [row] = await this.counter.world.query<{ id: string }>(
        'select c.id from conversations c join customers p on p.id = c.customer_id where p.phone = $1',
        [this.phone],
      );
      this.known = row!.id;
    }
    return this.known;
  }

  async row(): Promise<ConversationRow> {
    return (await this.counter.admin.detail(await this.id())).conversation;
  }

  /** What the company said to her. */
  async heard(): Promise<MessageView[]> {
    const messages = await this.counter.admin.messages(await this.id());
    return messages.filter(({ kind, author }) => kind === 'message' && author.kind !== 'customer');
  }

  async texts(): Promise<string[]> {
    return (await this.heard()).map(({ content }) => (content.type === 'text' ? content.text : content.type));
  }

  hears(count: number): Promise<string[]> {
    return eventually(async () => {
      const texts = await this.texts();
      return texts.length >= count && texts;
    }, `${count} answers`);
  }
}

/** A door that the test opens. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
