import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AgentSummary, AgentView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires } from '#libs/platform/access/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { CreateAgentDto, EditAgentDto } from './agent.dto.js';
import { Agents } from './agents.service.js';
import { Staff } from './staff.service.js';

@ApiTags('agents')
@Controller('agents')
export class AgentsController {
  constructor(
    private readonly agents: Agents,
    private readonly staff: Staff,
    private readonly transactions: Transactions,
  ) {}

  @Get()
  @Requires('agent.read')
  @ApiOperation({ summary: 'Colleagues; with agent.manage everybody, with all there is to edit.' })
  async list(@Person() person: SignedIn): Promise<AgentSummary[] | AgentView[]> {
    if (person.permissions.has('agent.manage')) return await this.staff.list();
    return await this.agents.colleaguesOf(person);
  }

  @Post()
  @Requires('agent.manage')
  async create(@Body() body: CreateAgentDto): Promise<AgentView> {
    return await this.transactions.run((tx) => this.staff.create(tx, body));
  }

  @Patch(':id')
  @Requires('agent.manage')
  @ApiOperation({ summary: 'Changed rights bite at once; an inactive agent is signed out everywhere.' })
  async edit(
    @Param('id', IdPipe) id: string,
    @Body() body: EditAgentDto,
    @Person() person: SignedIn,
  ): Promise<AgentView> {
    const editor = { agentId: person.agent.id, sessionId: person.sessionId };
    return await this.transactions.run((tx) => this.staff.edit(tx, id, body, editor));
  }
}
