import { Module } from '@nestjs/common';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.service.js';
import { Connections } from './connections.service.js';
import { CredentialVault } from './credential-vault.js';

@Module({
  controllers: [AccountsController],
  providers: [Accounts, Connections, CredentialVault],
  exports: [Accounts, Connections],
})
export class AccountsModule {}
