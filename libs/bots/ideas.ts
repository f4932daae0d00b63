import { Injectable } from '@nestjs/common';
import { botLimits, type BotIdeaView, type BotTurn } from '#libs/contracts/index.js';
import { Conversations, type Author } from '#libs/conversations/index.js';
import { Clock } from '#libs/platform/clock/index.js';
import { forbidden, Log } from '#libs/platform/telemetry/index.js';
import { usableIdeas } from './answer-check.js';
import { BotBook, type AskableBot } from './bot-book.js';
import { TurnReader } from './turn-reader.js';

/** ボットの回答候補: what bots would say to the customer's last words. Nothing is sent, and nothing is kept. */
@Injectable()
export class Ideas {
  constructor(
    private readonly conversations: Conversations,
    private readonly book: BotBook,
    private readonly reader: TurnReader,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async of(author: Author, conversationId: string): Promise<BotIdeaView[]> {
    if (!author.permissions.has('conversation.reply')) throw forbidden();
    const row = await this.conversations.read(author, conversationId);
    const book = await this.book.current();
    const bots = book.ofAccount(row.account_id).filter(({ answers }) => answers.ideas !== undefined);
    const said = bots.length === 0 ? [] : await this.reader.lastSaid(conversationId);
    if (said.length === 0) return [];
    const found = await Promise.all(
      bots.map(async (bot) => {
        const rest = await this.reader.rest(conversationId, bot.id, row.contact_id, said);
        return this.ask(bot, {
          id: `ideas-${conversationId}-${said.at(-1)!.seq}`,
          bot: { id: bot.id, name: bot.name },
          conversationId,
          contactId: row.contact_id ?? '0',
          ownership: row.ownership ?? 0,
          number: 1,
          said,
          deadline: new Date(this.clock.now() + botLimits.softMs).toISOString(),
          ...rest,
        });
      }),
    );
    return found.flat().slice(0, botLimits.ideas);
  }

  /** One that is late or broken has none. */
  private async ask(bot: AskableBot, turn: BotTurn): Promise<BotIdeaView[]> {
    const over = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    try {
      const given = await Promise.race([
        Promise.resolve().then(() => bot.answers.ideas!(turn, { signal: over.signal, typing: () => undefined })),
        new Promise<[]>((resolve) => (timer = setTimeout(() => resolve([]), botLimits.softMs))),
      ]);
      return usableIdeas(given).map((idea) => ({ ...idea, bot: { id: bot.id, name: bot.name } }));
    } catch (fault) {
      this.log.warn({ bot: bot.key, fault: fault instanceof Error ? fault.name : 'thrown' }, 'a bot had no ideas');
      return [];
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  }
}
