import { Body, Controller, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ConversationRow, LabelView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { CreateLabelDto, EditLabelDto, SetLabelsDto } from './customers.dto.js';
import { Labels } from './labels.service.js';

@ApiTags('labels')
@Controller()
export class LabelsController {
  constructor(private readonly labels: Labels) {}

  @Get('labels')
  @ApiOperation({ summary: 'Of all accounts of whoever asks, those that are no longer offered too' })
  list(@Person() person: SignedIn): Promise<LabelView[]> {
    return this.labels.list(authorOf(person));
  }

  @Post('labels')
  @Requires('customer.manage')
  create(@Person() person: SignedIn, @Body() body: CreateLabelDto): Promise<LabelView> {
    return this.labels.create(authorOf(person), body);
  }

  @Patch('labels/:id')
  @Requires('customer.manage')
  edit(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: EditLabelDto): Promise<LabelView> {
    return this.labels.edit(authorOf(person), id, body);
  }

  @Put('conversations/:id/labels')
  @ApiOperation({ summary: 'Puts labels on a conversation and takes others off' })
  set(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: SetLabelsDto,
  ): Promise<ConversationRow> {
    return this.labels.set(authorOf(person), id, body);
  }
}
