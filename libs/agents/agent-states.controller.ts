import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AgentStateView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires } from '#libs/platform/access/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';
import { AgentRuntime } from './agent-runtime.service.js';
import { SetAgentStateDto } from './agent-states.dto.js';
import { AgentStates } from './agent-states.service.js';

@ApiTags('agents')
@Controller('agents')
export class AgentStatesController {
  constructor(
    private readonly states: AgentStates,
    private readonly runtime: AgentRuntime,
    private readonly transactions: Transactions,
  ) {}

  @Get('states')
  @Requires('agent.read')
  @ApiOperation({ summary: 'How oneself and one’s colleagues are. Watch first (`agents:watch`), ask second.' })
  async list(@Person() person: SignedIn): Promise<AgentStateView[]> {
    return await this.states.visibleTo(person);
  }

  @Get('me/state')
  @ApiOperation({ summary: 'How I am.' })
  async mine(@Person() person: SignedIn): Promise<AgentStateView> {
    return await this.states.ofOne(person.agent.id);
  }

  @Put('me/state')
  @ApiOperation({ summary: 'Ready or not ready, with a reason. Ends 応答なし too: whoever chooses is there.' })
  async choose(@Body() body: SetAgentStateDto, @Person() person: SignedIn): Promise<AgentStateView> {
    return await this.set(person.agent.id, body, person);
  }

  @Post('me/state/resume')
  @HttpCode(200)
  @ApiOperation({ summary: '復帰: ends 応答なし, and leaves the rest as it is.' })
  async resume(@Person() person: SignedIn): Promise<AgentStateView> {
    await this.transactions.run((tx) => this.runtime.resume(tx, person.agent.id, person.agent.id));
    return await this.states.ofOne(person.agent.id);
  }

  @Put(':id/state')
  @Requires('agent.steer')
  @ApiOperation({ summary: 'For a colleague; the log says who did it. `ready` also ends 応答なし.' })
  async steer(
    @Param('id', IdPipe) id: string,
    @Body() body: SetAgentStateDto,
    @Person() person: SignedIn,
  ): Promise<AgentStateView> {
    await this.states.expectVisible(person, id);
    return await this.set(id, body, person);
  }

  private async set(agentId: string, body: SetAgentStateDto, by: SignedIn): Promise<AgentStateView> {
    const { routing, reason = null } = body;
    if (routing === 'ready' && reason !== null)
      throw invalid([{ field: 'reason', rule: 'onlyNotReady', message: 'Only who is not ready has a reason.' }]);
    await this.transactions.run((tx) => this.runtime.setState(tx, agentId, { routing, reason }, by.agent.id));
    return await this.states.ofOne(agentId);
  }
}
