import { Injectable } from '@nestjs/common';
import { errorCodes, type ConversationRow, type ReturnToBotBody } from '#libs/contracts/index.js';
import { ContactFlow, Conversations, type Author } from '#libs/conversations/index.js';
import { conflict, forbidden, invalid } from '#libs/platform/telemetry/index.js';
import { BotBook } from './bot-book.js';
import { HandOffs } from './hand-offs.js';
import { Turns } from './turns.js';

/** From an agent back to a bot: her contact is over, a new one begins. */
@Injectable()
export class ReturnToBot {
  constructor(
    private readonly conversations: Conversations,
    private readonly flow: ContactFlow,
    private readonly book: BotBook,
    private readonly handOffs: HandOffs,
    private readonly turns: Turns,
  ) {}

  async give(author: Author, conversationId: string, { botId, ...said }: ReturnToBotBody): Promise<ConversationRow> {
    const book = await this.book.current();
    await this.handOffs.prepare();
    return this.conversations.steer(author, conversationId, async (tx, thread) => {
      if (thread.contact_id === null) throw conflict(errorCodes.contactClosed, 'The contact is closed.');
      if (thread.contact_state === 'bot') throw conflict(errorCodes.wrongState, 'A bot has it already.');
      const mine = thread.assignee_id === author.agentId;
      if (!mine) throw conflict(errorCodes.notAssignee, 'Only whoever has the conversation may do this.');
      if (!author.permissions.has('conversation.close')) throw forbidden();
      if (thread.offered_to !== null) throw conflict(errorCodes.wrongState, 'It is being offered to a colleague.');
      const bots = book.ofAccount(thread.account_id);
      const bot = botId === undefined ? bots[0] : bots.find(({ id }) => id === botId);
      if (!bot) throw invalid([{ field: 'botId', rule: 'exists', message: 'No such bot answers at this account.' }]);
      await this.flow.returnToBot(tx, thread, author, { id: bot.id, name: bot.name }, said);
      // What she said and nobody has answered is the bot's first turn.
      if (thread.waiting_since !== null) await this.turns.order(tx, [thread.id]);
    });
  }
}
