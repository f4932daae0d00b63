import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AgentPreferences } from '#libs/contracts/index.js';
import { Person } from '#libs/platform/access/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { AgentPreferencesDto } from './agent-preferences.dto.js';
import { PreferencesBook } from './preferences-book.js';

@ApiTags('agents')
@Controller('agents')
export class AgentPreferencesController {
  constructor(private readonly book: PreferencesBook) {}

  @Get('me/preferences')
  @ApiOperation({ summary: 'What I want at every desk. Whatever is left out is as usual.' })
  async mine(@Person() person: SignedIn): Promise<AgentPreferences> {
    return await this.book.of(person.agent.id);
  }

  @Patch('me/preferences')
  @ApiOperation({ summary: 'Only what is given changes; the answer has all of it.' })
  async change(@Body() body: AgentPreferencesDto, @Person() person: SignedIn): Promise<AgentPreferences> {
    return await this.book.change(person.agent.id, body);
  }
}
