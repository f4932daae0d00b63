import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '#libs/accounts/index.js';
import { Access } from '#libs/platform/access/index.js';
import { AgentNames } from './agent-names.service.js';
import { AgentRights } from './agent-rights.service.js';
import { AgentRuntime } from './agent-runtime.service.js';
import { AgentsController } from './agents.controller.js';
import { Agents } from './agents.service.js';
import { RightsReader } from './rights.service.js';
import { SessionSockets } from './session-sockets.service.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';
import { SignInFailures } from './sign-in-failures.service.js';
import { SignIn } from './sign-in.service.js';
import { Staff } from './staff.service.js';

@Module({
  imports: [AccountsModule],
  controllers: [SessionController, AgentsController],
  providers: [
    AgentNames,
    AgentRights,
    AgentRuntime,
    Agents,
    RightsReader,
    SessionSockets,
    Sessions,
    SignIn,
    SignInFailures,
    Staff,
  ],
  exports: [Agents, AgentRights, AgentRuntime],
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
