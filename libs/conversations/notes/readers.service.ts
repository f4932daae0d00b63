import { Injectable } from '@nestjs/common';
import { Agents } from '#libs/agents/index.js';
import type { AgentSummary } from '#libs/contracts/index.js';
import { mayRead, type Standing } from '../conversation-access.js';
import type { Readers as Named } from './mentions.js';

interface Whoever {
  agentId: string;
  accountIds: readonly string[];
}

/** Who may read a conversation, by the rule that every door asks. */
@Injectable()
export class Readers {
  constructor(private readonly agents: Agents) {}

  /** Colleagues of whoever asks who may be named in a note, without herself. */
  async colleagues(person: Parameters<Agents['colleaguesOf']>[0], standing: Standing): Promise<AgentSummary[]> {
    const colleagues = (await this.agents.colleaguesOf(person)).filter(({ id }) => id !== person.agent.id);
    const rights = await this.agents.rightsOfAll(colleagues.map(({ id }) => id));
    return colleagues.filter(({ id }) => {
      const theirs = rights.get(id);
      return theirs !== undefined && mayRead(askerOf(theirs), standing);
    });
  }

  /** Read before a transaction: inside, it would ask for a second connection while holding the first. */
  async rightsOf(agentIds: readonly string[]): Promise<Awaited<ReturnType<Agents['rightsOfAll']>>> {
    return agentIds.length === 0 ? new Map() : this.agents.rightsOfAll(agentIds);
  }
}

/** Those of them who may read it as it stands now. */
export function readersAmong(rights: Awaited<ReturnType<Readers['rightsOf']>>, standing: Standing): Named {
  return new Map(
    [...rights].map(([id, theirs]) => [id, mayRead(askerOf(theirs), standing) ? { name: theirs.agent.name } : null]),
  );
}

function askerOf({
  agent,
  accountIds,
}: { agent: { id: string; visibility: 'own' | 'account' | 'all' } } & Pick<Whoever, 'accountIds'>) {
  return { agentId: agent.id, visibility: agent.visibility, accountIds };
}
