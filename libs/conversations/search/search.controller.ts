import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SearchAnswer } from '#libs/contracts/index.js';
import { Person, type SignedIn } from '#libs/platform/access/index.js';
import { authorOf } from '../author.js';
import { readCursor } from './message-search.js';
import { SearchQueryDto } from './search.dto.js';
import { Search } from './search.service.js';
import { termsOf } from './terms.js';

@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly search: Search) {}

  @Get()
  @ApiOperation({
    summary: 'Messages, notes and customers that may be read; the next search of an agent ends the former',
  })
  find(
    @Person() person: SignedIn,
    @Query() query: SearchQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SearchAnswer> {
    const { q, kind, account, queue, agent, state, label, from, to, media, cursor } = query;
    const filters = {
      account: account ?? null,
      queue: queue ?? null,
      agent: agent ?? null,
      state: state ?? null,
      label: label ?? null,
      from: from === undefined ? null : new Date(from),
      to: to === undefined ? null : new Date(to),
      media: media ?? false,
    };
    const after = cursor === undefined ? null : readCursor(cursor);
    const whole = { terms: termsOf(q), kind: kind ?? null, filters, after };
    return this.search.find(authorOf(person), whole, leaving(reply));
  }
}

/** Fires when whoever asked has hung up, or has the answer. */
function leaving({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => left.abort());
  return left.signal;
}
