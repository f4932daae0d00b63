import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Account } from '#libs/accounts/index.js';
import { Agent } from './agent.entity.js';

/** An agent works for an account. */
@Entity('agent_accounts')
@Index('agent_accounts_account', ['accountId'])
export class AgentAccount {
  @ForeignKey(() => Agent, 'id', { name: 'agent_accounts_agent_id_fkey' })
  @PrimaryColumn({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @ForeignKey(() => Account, 'id', { name: 'agent_accounts_account_id_fkey' })
  @PrimaryColumn({ type: 'bigint', name: 'account_id' })
  accountId!: string;
}
