import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { MessagePage, MessageView } from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { PageQueryDto, postContent, PostMessageDto, PostNoteDto } from '../conversations.dto.js';
import { Conversations } from '../conversations.service.js';
import { DeliveryOrders } from '../delivery/delivery-orders.js';
import { toMessageView } from './message-row.js';
import { Posting, type Posted } from './posting.js';
import { Reading } from './reading.js';

@ApiTags('messages')
@Controller('conversations/:id')
export class MessagesController {
  constructor(
    private readonly conversations: Conversations,
    private readonly posting: Posting,
    private readonly reading: Reading,
    private readonly orders: DeliveryOrders,
  ) {}

  @Get('messages')
  @ApiOperation({ summary: 'A page by place (before, after), around a message, or what changed (changedAfter)' })
  async page(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Query() { before, after, changedAfter, around, limit }: PageQueryDto,
  ): Promise<MessagePage> {
    await this.conversations.read(authorOf(person), id);
    if (around !== undefined) return this.reading.around(id, around, limit);
    const bounds = { before: before ?? null, after: after ?? null, changedAfter: changedAfter ?? null };
    return this.reading.page(id, { ...bounds, limit });
  }

  @Post('messages')
  @ApiOperation({ summary: 'Send to the customer: 201, or 200 with what the same clientId stored before' })
  async post(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() { clientId, content, answering, anyway, undoSeconds }: PostMessageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const sending = { answering, anyway, undoSeconds };
    return answer(await this.posting.post(authorOf(person), id, clientId, postContent(content), sending), reply);
  }

  @Post('notes')
  @ApiOperation({ summary: 'A note that only staff see' })
  async note(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() { clientId, text, mentions }: PostNoteDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    return answer(await this.posting.note(authorOf(person), id, clientId, text, mentions), reply);
  }

  @Post('messages/:messageId/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a failed message again' })
  async retry(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Param('messageId', IdPipe) messageId: string,
  ): Promise<MessageView> {
    return toMessageView(await this.orders.retry(authorOf(person), id, messageId));
  }

  @Post('messages/:messageId/revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a message back before it is delivered' })
  async revoke(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Param('messageId', IdPipe) messageId: string,
  ): Promise<MessageView> {
    return toMessageView(await this.orders.revoke(authorOf(person), id, messageId));
  }
}

function answer({ message, created }: Posted, reply: FastifyReply): MessageView {
  reply.status(created ? 201 : 200);
  return toMessageView(message);
}
