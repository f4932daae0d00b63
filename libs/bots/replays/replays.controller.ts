import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ReplayTurnPage, ReplayView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { ReplayTurnsQueryDto, StartReplayDto } from './replays.dto.js';
import { Replays } from './replays.service.js';

@ApiTags('bots')
@Controller('bots/:botId/replays')
export class ReplaysController {
  constructor(private readonly replays: Replays) {}

  @Get()
  @Requires('bot.manage')
  @ApiOperation({ summary: 'Of accounts whose conversations one may all read; the latest fifty' })
  list(@Person() person: SignedIn, @Param('botId', IdPipe) botId: string): Promise<ReplayView[]> {
    return this.replays.list(person, botId);
  }

  @Post()
  @Requires('bot.manage')
  @ApiOperation({
    summary: 'Asks a bot again what customers asked before; nothing is sent. Alone, or beside another bot or version',
  })
  start(
    @Person() person: SignedIn,
    @Param('botId', IdPipe) botId: string,
    @Body() body: StartReplayDto,
  ): Promise<ReplayView> {
    return this.replays.start(person, botId, body);
  }

  @Get(':id')
  @Requires('bot.manage')
  one(
    @Person() person: SignedIn,
    @Param('botId', IdPipe) botId: string,
    @Param('id', IdPipe) id: string,
  ): Promise<ReplayView> {
    return this.replays.one(person, botId, id);
  }

  @Get(':id/turns')
  @Requires('bot.manage')
  @ApiOperation({
    summary: 'What was asked and what would have been answered, fifty a page; differing=true: only differences',
  })
  turns(
    @Person() person: SignedIn,
    @Param('botId', IdPipe) botId: string,
    @Param('id', IdPipe) id: string,
    @Query() { differing, after }: ReplayTurnsQueryDto,
  ): Promise<ReplayTurnPage> {
    return this.replays.turns(person, botId, id, differing ?? false, after ?? 0);
  }

  @Post(':id/stop')
  @HttpCode(200)
  @Requires('bot.manage')
  stop(
    @Person() person: SignedIn,
    @Param('botId', IdPipe) botId: string,
    @Param('id', IdPipe) id: string,
  ): Promise<ReplayView> {
    return this.replays.stop(person, botId, id);
  }
}
