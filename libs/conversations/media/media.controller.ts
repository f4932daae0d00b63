import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { MediaStore, sendFile, type SentFile } from '#libs/platform/media/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { authorOf } from '../author.js';
import { Conversations } from '../conversations.service.js';
import { Attachment } from './attachment.entity.js';

/** Shown in the page; everything else is only offered for download, whatever it says it is. */
const shown =
  /^(image\/(jpeg|png|gif|webp)|video\/(mp4|webm|quicktime|3gpp)|audio\/(mpeg|mp4|aac|ogg|wav|webm)|application\/pdf)$/;

/** An id names one file for ever. */
const KEPT = 'private, max-age=31536000, immutable';

@ApiTags('media')
@Controller('media')
export class MediaController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly conversations: Conversations,
    private readonly store: MediaStore,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'A file, whole or in part (Range), for whoever may read its conversation' })
  async get(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { storedAs, mimeType, name } = await this.need(person, id);
    const download = (request.query as { download?: unknown }).download !== undefined;
    const inline = shown.test(mimeType) && !download;
    await sendFile(this.store, { storedAs, mimeType, name, inline, cacheControl: KEPT }, request, reply);
  }

  @Get(':id/:size')
  @ApiOperation({ summary: 'A smaller one of a picture: small (480 pixels) or large (1,920), as WebP' })
  async smaller(
    @Person() person: SignedIn,
    @Param('id', IdPipe) id: string,
    @Param('size') variant: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (variant !== 'small' && variant !== 'large') throw notFound('This size');
    const { storedAs, name } = await this.need(person, id);
    const file: SentFile = {
      storedAs,
      variant,
      mimeType: 'image/webp',
      name: `${name}.webp`,
      inline: true,
      cacheControl: KEPT,
    };
    await sendFile(this.store, file, request, reply);
  }

  private async need(person: SignedIn, id: string): Promise<Attachment & { storedAs: string }> {
    const file = await this.dataSource.getRepository(Attachment).findOneBy({ id });
    if (!file || file.state !== 'ready' || file.storedAs === null) throw notFound('The file');
    await this.conversations.read(authorOf(person), file.conversationId);
    return { ...file, storedAs: file.storedAs };
  }
}
