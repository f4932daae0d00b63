import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationRow, DecisionView } from '#libs/contracts/index.js';
import { authorOf, WrapUpDto } from '#libs/conversations/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { ContactActs } from './contact-acts.js';
import { PriorityDto, SnoozeDto, TransferDto } from './contact.dto.js';
import { Decisions } from './decisions.service.js';
import { Transfers } from './transfers.js';

@ApiTags('contacts')
@Controller('conversations')
export class ContactsController {
  constructor(
    private readonly acts: ContactActs,
    private readonly transfers: Transfers,
    private readonly decisions: Decisions,
  ) {}

  @Post(':id/transfer')
  @HttpCode(200)
  @ApiOperation({ summary: 'To a person, who is asked, or to a queue, where it keeps its first enqueuing' })
  transfer(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: TransferDto,
  ): Promise<ConversationRow> {
    return this.acts.transfer(authorOf(person), id, body);
  }

  @Delete(':id/transfer')
  @ApiOperation({ summary: 'Takes the question back while she has not answered' })
  cancel(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<ConversationRow> {
    return this.transfers.cancel(authorOf(person), id);
  }

  @Post(':id/hold')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts it on hold; it keeps its slot' })
  hold(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<ConversationRow> {
    return this.acts.hold(authorOf(person), id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'From hold, from snooze before its time, or from wrap-up' })
  resume(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<ConversationRow> {
    return this.acts.resume(authorOf(person), id);
  }

  @Post(':id/snooze')
  @HttpCode(200)
  @ApiOperation({ summary: 'Until a time, or until the customer writes; it takes no slot meanwhile' })
  snooze(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: SnoozeDto,
  ): Promise<ConversationRow> {
    return this.acts.snooze(authorOf(person), id, body);
  }

  @Post(':id/done')
  @HttpCode(200)
  @ApiOperation({ summary: 'The wrap-up is done: the contact closes' })
  done(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: WrapUpDto): Promise<ConversationRow> {
    return this.acts.finish(authorOf(person), id, body);
  }

  @Put(':id/priority')
  @ApiOperation({ summary: 'By whoever may assign: changes its place among those that wait' })
  prioritise(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: PriorityDto,
  ): Promise<ConversationRow> {
    return this.acts.prioritise(authorOf(person), id, body.priority);
  }

  @Get(':id/decisions')
  @ApiOperation({ summary: 'Why her, why not him: every assignment of the conversation, newest first' })
  why(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<DecisionView[]> {
    return this.decisions.of(authorOf(person), id);
  }
}
