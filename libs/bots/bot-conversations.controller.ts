import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { BotIdeaView, ConversationRow, HandOffView } from '#libs/contracts/index.js';
import { authorOf, Conversations } from '#libs/conversations/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { ReturnToBotDto } from './bots.dto.js';
import { HandOffs } from './hand-offs.js';
import { Ideas } from './ideas.js';
import { ReturnToBot } from './return-to-bot.js';

@ApiTags('bots')
@Controller('conversations')
export class BotConversationsController {
  constructor(
    private readonly conversations: Conversations,
    private readonly handOffs: HandOffs,
    private readonly ideas: Ideas,
    private readonly returns: ReturnToBot,
  ) {}

  @Get(':id/hand-offs')
  @ApiOperation({ summary: 'What came from bots with its contacts: newest first, 20 at most' })
  async handedOff(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<HandOffView[]> {
    await this.conversations.read(authorOf(person), id);
    return this.handOffs.ofConversation(id);
  }

  @Post(':id/ideas')
  @HttpCode(200)
  @ApiOperation({ summary: 'What bots would answer to the last words; nothing is sent, 3 at most' })
  suggest(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<BotIdeaView[]> {
    return this.ideas.of(authorOf(person), id);
  }

  @Post(':id/return-to-bot')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends one’s own contact and begins a new one with a bot of the account' })
  giveBack(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: ReturnToBotDto,
  ): Promise<ConversationRow> {
    return this.returns.give(authorOf(person), id, body);
  }
}
