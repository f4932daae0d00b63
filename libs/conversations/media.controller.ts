import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { IdPipe, Person, type SignedIn } from '#libs/platform/access/index.js';
import { MediaStore } from '#libs/platform/media/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { Attachment } from './attachment.entity.js';
import { authorOf } from './author.js';
import { Conversations } from './conversations.service.js';

/** Shown in the page; everything else is only offered for download, whatever it says it is. */
const shown = /^(image\/(jpeg|png|gif|webp)|video\/(mp4|webm|quicktime)|audio\/(mpeg|mp4|aac|ogg|wav|webm))$/;

@ApiTags('media')
@Controller('media')
export class MediaController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly conversations: Conversations,
    private readonly store: MediaStore,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'Our copy of a file, for whoever may read its conversation' })
  async get(@Person() person: SignedIn, @Param('id', IdPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    const file = await this.dataSource.getRepository(Attachment).findOneBy({ id });
    if (!file || file.state !== 'ready' || file.storedAs === null) throw notFound('The file');
    await this.conversations.read(authorOf(person), file.conversationId);
    const inline = shown.test(file.mimeType);
    const name = encodeURIComponent(file.name);
    await reply
      .header('content-type', inline ? file.mimeType : 'application/octet-stream')
      .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=31536000, immutable')
      .send(this.store.get(file.storedAs));
  }
}
