import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { SkillView } from '#libs/contracts/index.js';
import { IdPipe, Requires } from '#libs/platform/access/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { SkillDto } from './agent-states.dto.js';
import { Skills } from './skills.service.js';

@ApiTags('skills')
@Controller('skills')
export class SkillsController {
  constructor(
    private readonly skills: Skills,
    private readonly transactions: Transactions,
  ) {}

  @Get()
  @Requires('agent.read')
  async list(): Promise<SkillView[]> {
    return await this.skills.list();
  }

  @Post()
  @Requires('agent.manage')
  async create(@Body() body: SkillDto): Promise<SkillView> {
    return await this.transactions.run((tx) => this.skills.create(tx, body));
  }

  @Patch(':id')
  @Requires('agent.manage')
  async rename(@Param('id', IdPipe) id: string, @Body() body: SkillDto): Promise<SkillView> {
    return await this.transactions.run((tx) => this.skills.rename(tx, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('agent.manage')
  @ApiOperation({ summary: 'Agents lose it; refused while a queue asks for it.' })
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.transactions.run((tx) => this.skills.remove(tx, id));
  }
}
