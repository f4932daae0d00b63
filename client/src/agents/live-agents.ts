import type { QueryClient } from '@tanstack/react-query';
import type { AgentEvent, AgentStateView } from '#libs/contracts/index.js';
import type { Live } from '../connection/live.js';
import { applyStates, newerState } from './agent-states.cache.js';
import { agentKeys } from './queries.js';

/** Keeps one's own state and, while somebody looks, those of colleagues as they are. */
export class LiveAgents {
  private lookers = 0;

  constructor(
    private readonly client: QueryClient,
    private readonly live: Live,
    private readonly me: () => string | null,
  ) {}

  hear({ states }: AgentEvent): void {
    const me = this.me();
    for (const state of states) if (state.agentId === me) this.mine(state);
    this.client.setQueryData<AgentStateView[]>(agentKeys.states, (list) => list && applyStates(list, states));
  }

  /** An answer to what was asked for by hand. */
  answer(state: AgentStateView): void {
    this.hear({ states: [state] });
  }

  /** After a connect or a gap: what was told meanwhile is asked for. */
  async catchUp(): Promise<void> {
    await this.client.invalidateQueries({ queryKey: agentKeys.mine });
    if (this.lookers > 0) await this.client.invalidateQueries({ queryKey: agentKeys.states });
  }

  readonly watch = (): Promise<void> => this.live.watchAgents();

  /** @returns looks away again */
  look(): () => void {
    this.lookers += 1;
    return () => {
      this.lookers -= 1;
      if (this.lookers > 0) return;
      this.live.unwatchAgents();
      // What nobody keeps right is not kept.
      this.client.removeQueries({ queryKey: agentKeys.states });
    };
  }

  private mine(told: AgentStateView): void {
    this.client.setQueryData<AgentStateView>(agentKeys.mine, (known) => newerState(known, told));
  }
}
