import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { Access } from '#libs/platform/access/index.js';
import { AgentNames } from './agent-names.service.js';
import { AgentNews } from './agent-news.service.js';
import { AgentRights } from './agent-rights.service.js';
import { AgentRuntime } from './agent-runtime.service.js';
import { AgentStatesController } from './agent-states.controller.js';
import { AgentStates } from './agent-states.service.js';
import { AgentsController } from './agents.controller.js';
import { AgentsGateway } from './agents.gateway.js';
import { Agents } from './agents.service.js';
import { AgentPreferencesController } from './preferences/agent-preferences.controller.js';
import { PreferencesBook } from './preferences/preferences-book.js';
import { PreferencesNews } from './preferences/preferences-news.js';
import { Presence } from './presence.service.js';
import { Answerers } from './answerers.service.js';
import { RightsReader } from './rights.service.js';
import { SessionSockets } from './session-sockets.service.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';
import { SignInFailures } from './sign-in-failures.service.js';
import { SignIn } from './sign-in.service.js';
import { SkillsController } from './skills.controller.js';
import { Skills } from './skills.service.js';
import { SocketLedger } from './socket-ledger.service.js';
import { Staff } from './staff.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [
    SessionController,
    AgentPreferencesController,
    AgentStatesController,
    AgentsController,
    SkillsController,
  ],
  providers: [
    AgentNames,
    AgentNews,
    AgentRights,
    AgentRuntime,
    AgentStates,
    Agents,
    AgentsGateway,
    PreferencesBook,
    PreferencesNews,
    Presence,
    Answerers,
    RightsReader,
    SessionSockets,
    Sessions,
    SignIn,
    SignInFailures,
    Skills,
    SocketLedger,
    Staff,
  ],
  exports: [Agents, AgentRights, AgentRuntime, AgentStates, Answerers],
})
export class AgentsModule implements OnModuleInit {
  constructor(
    private readonly access: Access,
    private readonly sessions: Sessions,
  ) {}

  onModuleInit(): void {
    this.access.authenticateWith((cookie) => this.sessions.byToken(cookie));
  }
}
