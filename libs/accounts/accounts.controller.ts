import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { AccountView, ConnectionView } from '#libs/contracts/index.js';
import { IdPipe, Person, Requires } from '#libs/platform/access/index.js';
import type { SignedIn } from '#libs/platform/access/index.js';
import { Transactions } from '#libs/platform/database/index.js';
import { Settings } from '#libs/platform/settings/index.js';
import { CreateAccountDto, EditAccountDto } from './account.dto.js';
import { toAccountView, toConnectionView } from './account.presenter.js';
import { Accounts } from './accounts.service.js';
import { CreateConnectionDto, EditConnectionDto } from './connection.dto.js';

@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
  ) {}

  /** Colleagues see whom they write for; wires, whose keys are secrets, are for those who manage them. */
  @Get()
  @Requires('account.read')
  async list(@Person() person: SignedIn): Promise<AccountView[]> {
    const manages = person.permissions.has('account.manage');
    const accounts = await this.accounts.list(manages ? 'all' : person.accountIds);
    const connections = manages ? await this.accounts.connectionsOf(accounts.map(({ id }) => id)) : [];
    return accounts.map((account) => {
      const wires = connections.filter(({ accountId }) => accountId === account.id);
      return toAccountView(account, wires, this.settings.publicUrl);
    });
  }

  @Post()
  @Requires('account.manage')
  async create(@Body() body: CreateAccountDto): Promise<AccountView> {
    const account = await this.transactions.run((tx) => this.accounts.create(tx, body));
    return toAccountView(account, [], this.settings.publicUrl);
  }

  @Patch(':id')
  @Requires('account.manage')
  async edit(@Param('id', IdPipe) id: string, @Body() body: EditAccountDto): Promise<AccountView> {
    const account = await this.transactions.run((tx) => this.accounts.edit(tx, id, body));
    return toAccountView(account, await this.accounts.connectionsOf([id]), this.settings.publicUrl);
  }

  @Post(':id/connections')
  @Requires('account.manage')
  async addConnection(@Param('id', IdPipe) id: string, @Body() body: CreateConnectionDto): Promise<ConnectionView> {
    const connection = await this.transactions.run((tx) => this.accounts.addConnection(tx, id, body));
    return toConnectionView(connection, this.settings.publicUrl);
  }

  @Patch(':id/connections/:connectionId')
  @Requires('account.manage')
  async editConnection(
    @Param('id', IdPipe) id: string,
    @Param('connectionId', IdPipe) connectionId: string,
    @Body() body: EditConnectionDto,
  ): Promise<ConnectionView> {
    const connection = await this.transactions.run((tx) => this.accounts.editConnection(tx, id, connectionId, body));
    return toConnectionView(connection, this.settings.publicUrl);
  }
}
