import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DraftSummary } from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { Conversations } from '../conversations.service.js';
import { DraftDto } from './drafts.dto.js';
import { Drafts } from './drafts.service.js';

@ApiTags('conversations')
@Controller()
export class DraftsController {
  constructor(
    private readonly conversations: Conversations,
    private readonly drafts: Drafts,
  ) {}

  @Get('drafts')
  @ApiOperation({ summary: 'Where whoever asks has begun to write, 500 at most' })
  list(@Person() person: SignedIn): Promise<DraftSummary[]> {
    return this.drafts.list(person.agent.id);
  }

  @Put('conversations/:id/draft')
  @HttpCode(204)
  @ApiOperation({ summary: 'Keeps what an agent began to write, for all her screens; empty texts forget it' })
  async save(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: DraftDto): Promise<void> {
    await this.conversations.read(authorOf(person), id);
    await this.drafts.save(person.agent.id, id, body);
  }
}
