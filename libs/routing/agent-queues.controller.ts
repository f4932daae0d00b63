import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { QueueMembership, ReleaseResult } from '#libs/contracts/index.js';
import { authorOf } from '#libs/conversations/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { ReleaseDto, SetMembershipsDto } from './agent-queues.dto.js';
import { Memberships } from './memberships.service.js';
import { Releases } from './releases.service.js';

/** What queues mean to one agent. Here and not with the agents, who know nothing of queues. */
@ApiTags('agents')
@Controller('agents')
export class AgentQueuesController {
  constructor(
    private readonly memberships: Memberships,
    private readonly releases: Releases,
  ) {}

  @Post('me/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'What I hold goes back to the queue, or a colleague is asked for each. Go away first.' })
  release(@Person() person: SignedIn, @Body() { to, agentId }: ReleaseDto): Promise<ReleaseResult> {
    if (to === 'agent') return this.releases.release(authorOf(person), { to, agentId: agentId! });
    if (agentId === undefined) return this.releases.release(authorOf(person), { to });
    throw invalid([{ field: 'agentId', rule: 'oneOf', message: 'Name a person or the queue, and not both.' }]);
  }

  @Get(':id/queues')
  @Requires('queue.manage')
  @ApiOperation({ summary: 'The queues that an agent is a member of' })
  of(@Param('id', IdPipe) id: string): Promise<QueueMembership[]> {
    return this.memberships.of(id);
  }

  @Put(':id/queues')
  @Requires('queue.manage')
  @ApiOperation({ summary: 'All of them; what waits is looked at again' })
  set(@Param('id', IdPipe) id: string, @Body() body: SetMembershipsDto): Promise<QueueMembership[]> {
    return this.memberships.set(id, body.memberships);
  }
}
