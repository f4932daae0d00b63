import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AgentSummary, NotificationPage } from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { standingOfRow } from '../conversation-news.js';
import { Conversations } from '../conversations.service.js';
import { NotificationsQueryDto, ReadNotificationsDto } from './notifications.dto.js';
import { Notifications } from './notifications.service.js';
import { Readers } from './readers.service.js';

@ApiTags('notifications')
@Controller()
export class NotificationsController {
  constructor(
    private readonly conversations: Conversations,
    private readonly notifications: Notifications,
    private readonly readers: Readers,
  ) {}

  @Get('notifications')
  @ApiOperation({ summary: 'Where whoever asks was named, newest first, of conversations that she may read now' })
  page(@Person() person: SignedIn, @Query() { before, limit }: NotificationsQueryDto): Promise<NotificationPage> {
    return this.notifications.page(authorOf(person), before ?? null, limit);
  }

  @Post('notifications/read')
  @HttpCode(204)
  @ApiOperation({ summary: 'Some of them (ids), or all up to one, are read' })
  read(@Person() person: SignedIn, @Body() { ids, upTo }: ReadNotificationsDto): Promise<void> {
    return this.notifications.read(person.agent.id, ids ?? [], upTo ?? null);
  }

  @Get('conversations/:id/readers')
  @ApiOperation({ summary: 'Colleagues who may read the conversation, and so may be named in its notes' })
  async whoReads(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<AgentSummary[]> {
    const row = await this.conversations.read(authorOf(person), id);
    return this.readers.colleagues(person, standingOfRow(row));
  }
}
