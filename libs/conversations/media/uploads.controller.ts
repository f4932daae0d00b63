import { randomUUID } from 'node:crypto';
import {
  Controller,
  Delete,
  Get,
  Head,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FileStore } from '@tus/file-store';
import { Metadata, Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorCodes, fileLimits, type FieldError, type UploadView } from '#libs/contracts/index.js';
import { Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { AppError, invalid, notFound } from '#libs/platform/telemetry/index.js';
import { Uploads } from './uploads.service.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** PostgreSQL stores no NUL; the others would break lines wherever the name is shown. */
const control = /[\u0000-\u001f\u007f\u2028\u2029\p{Surrogate}]/u;
const PIECES = 'application/offset+octet-stream';

interface Begun {
  agentId: string;
  id: string;
  name: string;
  mimeType: string;
  size: number;
}

/**
 * tus 1.0: a file comes in pieces, and goes on where it was cut. What may be asked before a byte is taken is asked here,
 * with errors in our own shape; the protocol itself is the library's.
 */
@ApiTags('uploads')
@Requires('conversation.reply')
@Controller('uploads')
export class UploadsController implements OnModuleInit {
  private readonly begun = new WeakMap<object, Begun>();
  private readonly tus: Server;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly uploads: Uploads,
  ) {
    this.tus = new Server({
      path: '/api/uploads',
      relativeLocation: true,
      datastore: new FileStore({ directory: uploads.folder }),
      maxSize: fileLimits.bytes,
      allowedOrigins: () => false,
      namingFunction: (request) => this.beginning(request).id,
      onUploadCreate: async (request) => {
        const { agentId, ...upload } = this.beginning(request);
        await this.uploads.begin(agentId, upload);
        return {};
      },
      onUploadFinish: async (_request, { id }) => {
        await this.uploads.received(id);
        return {};
      },
      onResponseError: (_request, fault) => {
        if (!(fault instanceof AppError)) return undefined;
        const { status, code, message } = fault;
        return { status_code: status, body: JSON.stringify({ error: { code, message, requestId: '' } }) };
      },
    });
  }

  onModuleInit(): void {
    // The body stays a stream: the library reads it as it comes.
    const fastify = this.host.httpAdapter?.getInstance<FastifyInstance>();
    if (!fastify?.hasContentTypeParser(PIECES)) {
      fastify?.addContentTypeParser(PIECES, (_request, _payload, done) => done(null));
    }
  }

  @Post()
  @ApiExcludeEndpoint()
  async begin(@Person() person: SignedIn, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.begun.set(request.raw, { agentId: person.agent.id, id: randomUUID(), ...readHead(request) });
    await this.handOver(request, reply);
  }

  @Head(':id')
  @ApiExcludeEndpoint()
  async offset(
    @Person() person: SignedIn,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.need(person, id);
    await this.handOver(request, reply);
  }

  @Patch(':id')
  @ApiExcludeEndpoint()
  async piece(
    @Person() person: SignedIn,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.need(person, id);
    await this.handOver(request, reply);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How the upload stands: receiving, preparing, ready or refused' })
  view(@Person() person: SignedIn, @Param('id') id: string): Promise<UploadView> {
    return this.uploads.view(person.agent.id, known(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give it up' })
  drop(@Person() person: SignedIn, @Param('id') id: string): Promise<void> {
    return this.uploads.drop(person.agent.id, known(id));
  }

  private need(person: SignedIn, id: string) {
    return this.uploads.need(person.agent.id, known(id));
  }

  private async handOver(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.hijack();
    reply.raw.setHeader('x-request-id', request.id);
    reply.raw.setHeader('cache-control', 'no-store');
    await this.tus.handle(request.raw, reply.raw);
  }

  private beginning(request: { runtime?: { node?: { req: object } } }): Begun {
    const raw = request.runtime?.node?.req;
    const begun = raw && this.begun.get(raw);
    if (!begun) throw notFound('The upload');
    return begun;
  }
}

function known(id: string): string {
  if (!uuid.test(id)) throw notFound('The upload');
  return id;
}

function readHead({ headers }: FastifyRequest): Pick<Begun, 'name' | 'mimeType' | 'size'> {
  const faults: FieldError[] = [];
  const fault = (field: string, rule: string, message: string, limit?: number): void =>
    void faults.push({ field, rule, message, ...(limit === undefined ? {} : { limit }) });
  const size = Number(headers['upload-length'] ?? Number.NaN);
  if (!Number.isSafeInteger(size) || size < 0)
    fault('Upload-Length', 'notANumber', 'The length must be a whole number.');
  else if (size === 0) fault('Upload-Length', 'required', 'The file is empty.');
  else if (size > fileLimits.bytes) {
    const message = `The file has ${size} bytes; ${fileLimits.bytes} (100 MB) are allowed.`;
    const field = { field: 'Upload-Length', rule: 'tooLarge', message, limit: fileLimits.bytes, actual: size };
    throw new AppError(413, errorCodes.fileTooLarge, message, { fields: [{ ...field, unit: 'bytes' }] });
  }
  const { filename, filetype } = readMetadata(headers['upload-metadata']);
  const name = (filename ?? '').normalize('NFC').trim();
  if (name === '') fault('Upload-Metadata.filename', 'required', 'The file has no name.');
  else if (name.length > fileLimits.name)
    fault('Upload-Metadata.filename', 'tooLong', `A name has ${fileLimits.name} characters at most.`, fileLimits.name);
  else if (control.test(name))
    fault('Upload-Metadata.filename', 'malformed', 'The name holds characters that no name has.');
  if (faults.length > 0) throw invalid(faults);
  const mimeType = /^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(filetype ?? '') ? filetype! : 'application/octet-stream';
  return { name: name.replace(/[/\\]/g, '_'), mimeType, size };
}

function readMetadata(header: string | string[] | undefined): Record<string, string | null> {
  try {
    return typeof header === 'string' ? Metadata.parse(header) : {};
  } catch {
    throw invalid([{ field: 'Upload-Metadata', rule: 'malformed', message: 'It is not written as tus writes it.' }]);
  }
}
