import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountBots, BotContainment, BotTurnPage, BotView, MadeBot } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { AccountDesks } from './account-bots.service.js';
import { AccountBotsDto, ContainmentQueryDto, CreateBotDto, EditBotDto, TurnsQueryDto } from './bots.dto.js';
import { Bots } from './bots.service.js';
import { TurnPages } from './turn-pages.js';

@ApiTags('bots')
@Controller('bots')
export class BotsController {
  constructor(
    private readonly bots: Bots,
    private readonly desks: AccountDesks,
    private readonly pages: TurnPages,
  ) {}

  @Get()
  @Requires('bot.manage')
  @ApiOperation({ summary: 'Every bot there is, with what it did in the last 24 hours' })
  list(): Promise<BotView[]> {
    return this.bots.list();
  }

  @Post()
  @Requires('bot.manage')
  @ApiOperation({ summary: 'A bot that is no module: its secret, where the console makes one, is shown this once' })
  create(@Body() body: CreateBotDto): Promise<MadeBot> {
    return this.bots.create(body);
  }

  @Get('accounts')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'Which bots answer at one’s accounts, in their order, and the words that lead past them' })
  accounts(@Person() person: SignedIn): Promise<AccountBots[]> {
    return this.desks.list(person.accountIds);
  }

  @Put('accounts/:id')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'What is left out stays. New contacts begin with the first bot that is switched on' })
  order(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: AccountBotsDto,
  ): Promise<AccountBots> {
    return this.desks.change(person.accountIds, id, body);
  }

  @Get('containment')
  @Requires('bot.manage')
  @ApiOperation({
    summary: 'Contacts that bots had first and that began in this time: how many ended without a person',
  })
  containment(@Person() person: SignedIn, @Query() query: ContainmentQueryDto): Promise<BotContainment> {
    const { account } = query;
    const accountIds = person.accountIds.filter((id) => account === undefined || id === account);
    return this.pages.containment(accountIds, new Date(query.from), new Date(query.to));
  }

  @Get(':id/turns')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'What it was asked at one’s accounts and how that ended; newest first' })
  turns(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Query() query: TurnsQueryDto,
  ): Promise<BotTurnPage> {
    return this.pages.page(person.accountIds, id, query.before ?? null, query.limit);
  }

  @Patch(':id')
  @Requires('bot.manage')
  edit(@Param('id', IdPipe) id: string, @Body() body: EditBotDto): Promise<BotView> {
    return this.bots.edit(id, body);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @Requires('bot.manage')
  @ApiOperation({ summary: 'A new secret in the place of the old one; shown this once' })
  renewSecret(@Param('id', IdPipe) id: string): Promise<MadeBot> {
    return this.bots.renewSecret(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('bot.manage')
  remove(@Param('id', IdPipe) id: string): Promise<void> {
    return this.bots.remove(id);
  }
}
