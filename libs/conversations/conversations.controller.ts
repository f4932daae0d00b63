import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type {
  ConversationChanges,
  ConversationDetail,
  ConversationPage,
  ConversationRow,
  Reachability,
  ViewCounts,
} from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from './author.js';
import { ConversationList } from './lists/conversation-list.js';
import { mustMeet } from './lists/list-filters.js';
import {
  AssignDto,
  ChangesQueryDto,
  CountsQueryDto,
  ListQueryDto,
  ReadDto,
  StartConversationDto,
  WrapUpDto,
} from './conversations.dto.js';
import { Conversations } from './conversations.service.js';
import { ListChanges } from './lists/list-changes.js';
import { Reading } from './threads/reading.js';

@ApiTags('conversations')
@Controller('conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: Conversations,
    private readonly lists: ConversationList,
    private readonly changed: ListChanges,
    private readonly reading: Reading,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A page of a view, in its order; go on with nextCursor' })
  list(@Person() person: SignedIn, @Query() query: ListQueryDto): Promise<ConversationPage> {
    const { view, order, limit } = query;
    const [cursor, account] = [query.cursor ?? null, query.account ?? null];
    const filters = {
      queue: query.queue ?? null,
      agent: query.agent ?? null,
      unanswered: query.unanswered ?? false,
      label: query.label ?? null,
      state: query.state ?? null,
    };
    mustMeet(filters, 'state');
    return this.lists.page(authorOf(person), { view, order, limit, cursor, account, filters });
  }

  @Get('counts')
  @ApiOperation({ summary: 'How many conversations each view holds, 1,000 at most' })
  counts(@Person() person: SignedIn, @Query() query: CountsQueryDto): Promise<ViewCounts> {
    return this.lists.counts(authorOf(person), query.account ?? null);
  }

  @Get('changes')
  @ApiOperation({ summary: 'Rows that changed since a list was read, and those of `known` that may no longer be seen' })
  changes(@Person() person: SignedIn, @Query() query: ChangesQueryDto): Promise<ConversationChanges> {
    return this.changed.since(authorOf(person), query.since, query.known);
  }

  @Post()
  @ApiOperation({ summary: 'Write to a number first: 201 with a new conversation, 200 with the one that is there' })
  async start(
    @Person() person: SignedIn,
    @Body() body: StartConversationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationDetail> {
    const author = authorOf(person);
    const { id, created } = await this.conversations.start(author, body);
    reply.status(created ? 201 : 200);
    return this.conversations.detail(author, id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'The conversation, its contacts, the draft of whoever asks, and what she may do' })
  detail(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<ConversationDetail> {
    return this.conversations.detail(authorOf(person), id);
  }

  @Post(':id/read')
  @HttpCode(200)
  @ApiOperation({ summary: 'The assignee has had everything up to `upTo` on screen' })
  read(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: ReadDto): Promise<ConversationRow> {
    return this.reading.markRead(authorOf(person), id, body.upTo);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'To oneself ("me"), to a colleague (an id), back to the queue (null)' })
  assign(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: AssignDto,
  ): Promise<ConversationRow> {
    const agentId = body.agentId === 'me' ? person.agent.id : body.agentId;
    return this.conversations.assign(authorOf(person), id, agentId, body.override ?? false);
  }

  @Post(':id/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends the contact, or begins its wrap-up; the customer’s next message begins a new one' })
  close(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body?: WrapUpDto,
  ): Promise<ConversationRow> {
    return this.conversations.close(authorOf(person), id, body ?? {});
  }

  @Get(':id/reachability')
  @ApiOperation({ summary: 'Whether the customer’s line can receive +Message now' })
  reachability(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<Reachability> {
    return this.conversations.reachability(authorOf(person), id);
  }
}
