import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { MessageContent, UnmaskedMessage } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { Log, notFound } from '#libs/platform/telemetry/index.js';
import { authorOf } from '../author.js';
import { Conversations } from '../conversations.service.js';

/** One message at a time, on request, and written down: everything else shows card numbers covered to everybody. */
@ApiTags('messages')
@Controller('conversations/:id')
export class UnmaskingController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly conversations: Conversations,
    private readonly log: Log,
  ) {}

  @Get('messages/:messageId/unmasked')
  @Requires('customer.sensitive')
  @ApiOperation({ summary: 'What a masked message says in full; who asked is logged' })
  async show(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Param('messageId', IdPipe) messageId: string,
  ): Promise<UnmaskedMessage> {
    await this.conversations.read(authorOf(person), id);
    const [row] = await this.dataSource.query<{ content: MessageContent }[]>(
      'select content from messages where id = $1 and conversation_id = $2',
      [messageId, id],
    );
    if (!row) throw notFound('The message');
    this.log.info({ agentId: person.agent.id, conversationId: id, messageId }, 'a masked message was shown in full');
    return { id: messageId, content: row.content };
  }
}
