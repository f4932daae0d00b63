import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountBots, BotView, MadeBot } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { AccountDesks } from './account-bots.service.js';
import { AccountBotsDto, CreateBotDto, EditBotDto } from './bots.dto.js';
import { Bots } from './bots.service.js';

@ApiTags('bots')
@Controller('bots')
export class BotsController {
  constructor(
    private readonly bots: Bots,
    private readonly desks: AccountDesks,
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
