import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FlowVersion, FlowView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires, type SignedIn } from '#libs/platform/access/index.js';
import { notFound } from '#libs/platform/telemetry/index.js';
import { SaveFlowDto } from './flows.dto.js';
import { Flows } from './flows.service.js';

@ApiTags('bots')
@Controller('flows')
export class FlowsController {
  constructor(private readonly flows: Flows) {}

  @Get(':botId')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'The latest version of a guided flow; 404 before the first one' })
  async latest(@Param('botId', IdPipe) botId: string): Promise<FlowView> {
    const view = await this.flows.latest(botId);
    if (!view) throw notFound('The flow');
    return view;
  }

  @Get(':botId/versions')
  @Requires('bot.manage')
  versions(@Param('botId', IdPipe) botId: string): Promise<FlowVersion[]> {
    return this.flows.versions(botId);
  }

  @Get(':botId/versions/:version')
  @Requires('bot.manage')
  one(@Param('botId', IdPipe) botId: string, @Param('version', IdPipe) version: string): Promise<FlowView> {
    return this.flows.one(botId, Number(version));
  }

  @Put(':botId')
  @Requires('bot.manage')
  @ApiOperation({ summary: 'A new version; contacts in the middle of the one before end with that' })
  save(
    @Person() person: SignedIn,
    @Param('botId', IdPipe) botId: string,
    @Body() { document, version }: SaveFlowDto,
  ): Promise<FlowView> {
    return this.flows.save(botId, person.agent.id, document, version);
  }
}
