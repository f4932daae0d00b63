import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type {
  CustomerFiles,
  CustomerNote,
  CustomerProfile,
  CustomerView,
  MergeCandidate,
  MergePreview,
  NewPerson,
  PastContacts,
  RevealedNumber,
} from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { Candidates } from './candidates.service.js';
import {
  BlockDto,
  CandidatesQueryDto,
  CustomerNoteDto,
  EditCustomerDto,
  MergeDto,
  NewPersonDto,
  PastQueryDto,
  PreviewQueryDto,
  VerifyDto,
} from './customers.dto.js';
import { Merges } from './merges.service.js';
import { CustomerPast } from './past.service.js';
import { Profiles } from './profiles.service.js';
import { CustomerStanding } from './standing.service.js';

@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(
    private readonly profiles: Profiles,
    private readonly past: CustomerPast,
    private readonly standing: CustomerStanding,
    private readonly merges: Merges,
    private readonly candidates: Candidates,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'What is known of a customer, for whoever may read one of her conversations' })
  profile(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<CustomerProfile> {
    return this.profiles.read(authorOf(person), id);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Name, ふりがな, language and attributes; null forgets them' })
  edit(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: EditCustomerDto,
  ): Promise<CustomerView> {
    return this.profiles.edit(authorOf(person), id, body);
  }

  @Post(':id/reveal')
  @HttpCode(200)
  @ApiOperation({ summary: 'The whole number; who asked for it is written down' })
  reveal(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<RevealedNumber> {
    return this.profiles.reveal(authorOf(person), id);
  }

  @Post(':id/notes')
  @ApiOperation({ summary: 'A note about the customer, for staff' })
  addNote(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: CustomerNoteDto,
  ): Promise<CustomerNote> {
    return this.profiles.addNote(authorOf(person), id, body.text);
  }

  @Delete(':id/notes/:noteId')
  @HttpCode(204)
  @ApiOperation({ summary: 'One’s own note; with the right customer.manage anybody’s' })
  removeNote(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Param('noteId', IdPipe) noteId: string,
  ): Promise<void> {
    return this.profiles.removeNote(authorOf(person), id, noteId);
  }

  @Get(':id/contacts')
  @ApiOperation({ summary: 'Contacts in all conversations of the person that the reader may read, newest first' })
  contacts(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Query() query: PastQueryDto,
  ): Promise<PastContacts> {
    return this.past.contacts(authorOf(person), id, query.before ?? null, query.limit);
  }

  @Get(':id/files')
  @ApiOperation({ summary: 'Files of all conversations of the person that the reader may read, newest first' })
  files(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Query() query: PastQueryDto,
  ): Promise<CustomerFiles> {
    return this.past.files(authorOf(person), id, query.before ?? null, query.limit);
  }

  @Put(':id/verification')
  @HttpCode(204)
  @ApiOperation({ summary: '本人確認 is done; it holds for as long as the account says' })
  verify(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: VerifyDto): Promise<void> {
    return this.standing.verify(authorOf(person), id, body.conversationId, body.method);
  }

  @Delete(':id/verification')
  @HttpCode(204)
  unverify(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.standing.unverify(authorOf(person), id);
  }

  @Put(':id/block')
  @HttpCode(204)
  @ApiOperation({ summary: 'Messages are kept and reach nobody; nothing is sent. Needs the right customer.block.' })
  block(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: BlockDto): Promise<void> {
    return this.standing.block(authorOf(person), id, body.reason?.trim() || null);
  }

  @Delete(':id/block')
  @HttpCode(204)
  unblock(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.standing.unblock(authorOf(person), id);
  }

  @Put(':id/opt-out')
  @HttpCode(204)
  @ApiOperation({ summary: '配信停止: only an open enquiry of hers is answered' })
  optOut(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.standing.optOut(authorOf(person), id);
  }

  @Delete(':id/opt-out')
  @HttpCode(204)
  optIn(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.standing.optIn(authorOf(person), id);
  }

  @Post(':id/new-person')
  @ApiOperation({ summary: 'The number belongs to somebody else now. Needs the right customer.merge.' })
  newPerson(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: NewPersonDto,
  ): Promise<NewPerson> {
    return this.standing.newPerson(authorOf(person), id, body.conversationId);
  }

  @Get(':id/merge-candidates')
  @ApiOperation({ summary: 'Who may be the same person: the same name or ふりがな, a number with a slip; or a search' })
  likely(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Query() query: CandidatesQueryDto,
  ): Promise<MergeCandidate[]> {
    return this.candidates.of(authorOf(person), id, query.search ?? null);
  }

  @Get(':id/merge-preview')
  @ApiOperation({ summary: 'What would stand where after `with` is joined to this customer' })
  preview(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Query() query: PreviewQueryDto,
  ): Promise<MergePreview> {
    return this.merges.preview(authorOf(person), id, query.with);
  }

  @Post(':id/merges')
  @ApiOperation({ summary: 'Joins another customer to this one; both are shown as one person' })
  async merge(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: MergeDto,
  ): Promise<CustomerProfile> {
    await this.merges.merge(authorOf(person), id, body.customerId);
    return this.profiles.read(authorOf(person), id);
  }

  @Delete(':id/merges/:mergeId')
  @ApiOperation({ summary: 'Both are again what they were' })
  async unmerge(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Param('mergeId', IdPipe) mergeId: string,
  ): Promise<CustomerProfile> {
    await this.merges.unmerge(authorOf(person), id, mergeId);
    return this.profiles.read(authorOf(person), id);
  }
}
