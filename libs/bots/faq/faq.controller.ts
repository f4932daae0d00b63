import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaqBook, FaqEntry, FaqImport, FaqRewordings, FaqTrial, FaqUnanswered } from '#libs/contracts/index.js';
import { authorOf } from '#libs/conversations/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { FaqEntries, ownAccount } from './faq-entries.service.js';
import { readFaqFile, writeFaqFile } from './faq-file.js';
import { FaqImports } from './faq-import.js';
import { FaqQuestions } from './faq-questions.js';
import { FaqTrials } from './faq-trials.js';
import { CreateFaqDto, EditFaqDto, FaqFileDto, FaqImportDto, RewordDto, SettleFaqDto, TryFaqDto } from './faq.dto.js';

@ApiTags('faq')
@Controller('faq')
export class FaqController {
  constructor(
    private readonly entries: FaqEntries,
    private readonly imports: FaqImports,
    private readonly questions: FaqQuestions,
    private readonly trials: FaqTrials,
  ) {}

  @Get()
  @Requires('faq.propose')
  @ApiOperation({ summary: 'Every entry of one’s accounts, and the words that mean the same there' })
  book(@Person() person: SignedIn): Promise<FaqBook> {
    return this.entries.book(authorOf(person));
  }

  @Post('entries')
  @Requires('faq.propose')
  @ApiOperation({ summary: 'Without bot.manage it is a proposal, and answers nobody until it is confirmed' })
  create(@Person() person: SignedIn, @Body() body: CreateFaqDto): Promise<FaqEntry> {
    return this.entries.create(authorOf(person), body);
  }

  @Patch('entries/:id')
  @Requires('faq.propose')
  @ApiOperation({ summary: 'What is left out stays. Without bot.manage only one’s own proposals' })
  edit(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Body() body: EditFaqDto): Promise<FaqEntry> {
    return this.entries.edit(authorOf(person), id, body);
  }

  @Delete('entries/:id')
  @HttpCode(204)
  @Requires('faq.propose')
  @ApiOperation({ summary: 'Can be taken back for 30 days' })
  remove(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.entries.remove(authorOf(person), id);
  }

  @Post('entries/:id/restore')
  @HttpCode(200)
  @Requires('faq.propose')
  @ApiOperation({ summary: 'Takes a deletion back' })
  restore(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<FaqEntry> {
    return this.entries.restore(authorOf(person), id);
  }

  @Put('rewordings/:id')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'Words that mean the same at this account, all of them' })
  reword(
    @Person() person: SignedIn,
    @Param('id', IdPipe) accountId: string,
    @Body() { groups }: RewordDto,
  ): Promise<FaqRewordings> {
    return this.entries.reword(authorOf(person), accountId, groups);
  }

  @Post('try')
  @HttpCode(200)
  @Requires('faq.propose')
  @ApiOperation({ summary: 'What the bot would answer, and why; nobody is told and nothing is counted' })
  try(@Person() person: SignedIn, @Body() body: TryFaqDto): Promise<FaqTrial> {
    return this.trials.of(authorOf(person), body);
  }

  @Get('export')
  @Header('cache-control', 'no-store')
  @Requires('faq.propose')
  @ApiOperation({ summary: 'An account’s entries as CSV; an import takes it' })
  async export(
    @Person() person: SignedIn,
    @Query() { accountId }: FaqFileDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const author = authorOf(person);
    ownAccount(author, accountId);
    const { entries } = await this.entries.book({ ...author, accountIds: [accountId] });
    reply.header('content-disposition', 'attachment; filename="faq.csv"');
    reply.header('content-type', 'text/csv; charset=utf-8');
    return writeFaqFile(entries);
  }

  @Post('import')
  @HttpCode(200)
  @Requires('bot.manage')
  @ApiConsumes('text/csv')
  @ApiOperation({ summary: 'A file as it is; a bad row keeps all out (400 bad_rows) unless skipBad=true' })
  import(@Person() person: SignedIn, @Query() wish: FaqImportDto, @Req() request: FastifyRequest): Promise<FaqImport> {
    return this.imports.take(authorOf(person), readFaqFile(bytesOf(request.body)), wish);
  }

  @Get('unanswered')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'What the bot could not answer, what means the same together, the newest first' })
  unanswered(@Person() person: SignedIn): Promise<FaqUnanswered[]> {
    return this.questions.unanswered(authorOf(person));
  }

  @Post('unanswered/settle')
  @HttpCode(204)
  @Requires('bot.manage')
  @ApiOperation({ summary: 'They need no entry, and leave the list' })
  settle(@Person() person: SignedIn, @Body() { ids }: SettleFaqDto): Promise<void> {
    return this.questions.settle(authorOf(person), ids);
  }
}

/** Another type than text/csv was read as something else: then there is no table in it. */
function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}
