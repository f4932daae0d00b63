import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CannedBook, CannedImport, CannedResponse } from '#libs/contracts/index.js';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { readCsv, readJson, writeCsv, writeJson } from './canned-file.js';
import { CannedImports } from './canned-import.js';
import { CreateCannedDto, EditCannedDto, ExportQueryDto, ImportQueryDto } from './canned.dto.js';
import { CannedResponses } from './canned.service.js';

@ApiTags('canned responses')
@Controller('canned-responses')
export class CannedController {
  constructor(
    private readonly canned: CannedResponses,
    private readonly imports: CannedImports,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Everything that whoever asks may use, and the shelves where it stands' })
  book(@Person() person: SignedIn): Promise<CannedBook> {
    return this.canned.book(authorOf(person));
  }

  @Get('export')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The same as a file: CSV for spreadsheets, or JSON; an import takes either' })
  async export(
    @Person() person: SignedIn,
    @Query() { format }: ExportQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { responses, shelves } = await this.canned.book(authorOf(person));
    reply.header('content-disposition', `attachment; filename="canned-responses.${format}"`);
    reply.header('content-type', format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8');
    return format === 'csv' ? writeCsv(responses, shelves) : writeJson(responses, shelves);
  }

  @Post()
  @ApiOperation({ summary: 'On one’s own shelf, or with canned.manage on a queue’s or an account’s' })
  create(@Person() person: SignedIn, @Body() body: CreateCannedDto): Promise<CannedResponse> {
    return this.canned.create(authorOf(person), body);
  }

  @Post('import')
  @HttpCode(200)
  @ApiConsumes('text/csv', 'text/json', 'application/json')
  @ApiOperation({ summary: 'A file as it is; a bad row keeps all out (400 bad_rows) unless skipBad=true' })
  import(
    @Person() person: SignedIn,
    @Query() { scope, ownerId, skipBad, dryRun }: ImportQueryDto,
    @Req() request: FastifyRequest,
  ): Promise<CannedImport> {
    const csv = request.headers['content-type']?.startsWith('text/csv') ?? false;
    const rows = csv ? readCsv(request.body as Uint8Array) : readJson(request.body);
    return this.imports.take(authorOf(person), rows, { scope, ownerId: ownerId ?? null, skipBad, dryRun });
  }

  @Patch(':id')
  @ApiOperation({ summary: 'What is left out stays' })
  edit(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Body() body: EditCannedDto,
  ): Promise<CannedResponse> {
    return this.canned.edit(authorOf(person), id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Can be taken back for 30 days' })
  remove(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.canned.remove(authorOf(person), id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a deletion back' })
  restore(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<CannedResponse> {
    return this.canned.restore(authorOf(person), id);
  }

  @Post(':id/uses')
  @HttpCode(204)
  @ApiOperation({ summary: 'It was sent to a customer' })
  used(@Person() person: SignedIn, @Param('id', IdPipe) id: string): Promise<void> {
    return this.canned.used(authorOf(person), id);
  }
}
