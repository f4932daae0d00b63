import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { MediaStore, sendFile } from '#libs/platform/media/index.js';
import { ErrorFilter, Log, notFound } from '#libs/platform/telemetry/index.js';
import { Attachment } from './attachment.entity.js';
import { MediaLinks } from './media-links.js';

/** Where a carrier fetches what we send, with an address that we signed and without a session. */
@Injectable()
export class LinkedMediaDoor implements OnModuleInit {
  private readonly filter: ErrorFilter;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly dataSource: DataSource,
    private readonly links: MediaLinks,
    private readonly store: MediaStore,
    log: Log,
  ) {
    this.filter = new ErrorFilter(log);
  }

  onModuleInit(): void {
    // Outside `/api`: it is no door of the console's own, and no cookie opens it. A process without HTTP has no adapter.
    this.host.httpAdapter?.getInstance<FastifyInstance>().route({
      method: 'GET',
      url: '/media/:word/:name',
      errorHandler: this.filter.answer.bind(this.filter),
      handler: (request, reply) => this.get(request as FastifyRequest<{ Params: { word: string } }>, reply),
    });
  }

  private async get(request: FastifyRequest<{ Params: { word: string } }>, reply: FastifyReply): Promise<FastifyReply> {
    const linked = this.links.read(request.params.word);
    if (linked === null) throw notFound('The file');
    const file = await this.dataSource.getRepository(Attachment).findOneBy({ id: linked.attachmentId });
    // Only what we send: a customer's file is not for the carrier to fetch back.
    if (!file || file.storedAs === null || file.sourceUrl !== null) throw notFound('The file');
    const { storedAs, mimeType, name } = file;
    const { variant } = linked;
    return sendFile(
      this.store,
      {
        storedAs,
        ...(variant === undefined
          ? { mimeType }
          : { variant, mimeType: variant === 'phone' ? 'image/jpeg' : 'image/webp' }),
        name,
        inline: true,
        cacheControl: 'private, max-age=600',
      },
      request,
      reply,
    );
  }
}
