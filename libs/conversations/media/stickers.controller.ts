import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { stickers, type Sticker } from '#libs/contracts/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { Stickers } from './stickers.js';

@ApiTags('media')
@Controller('stickers')
export class StickersController {
  constructor(private readonly stickers: Stickers) {}

  @Get(':name')
  @ApiOperation({ summary: 'One of our own drawings, as PNG' })
  async get(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    if (!(stickers as readonly string[]).includes(name)) throw notFound('The sticker');
    await reply
      .header('content-type', 'image/png')
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, max-age=86400')
      .send(await this.stickers.picture(name as Sticker));
  }
}
