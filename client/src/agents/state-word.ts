import { useTranslation } from 'react-i18next';
import type { AgentStateView, DerivedState } from '#libs/contracts/index.js';
import type { ShownState } from './agent-states.cache.js';

/** The word for a state; for somebody away the reason says more than 離席. */
export function useStateWord(): (state: ShownState | DerivedState, reason: AgentStateView['reason']) => string {
  const { t } = useTranslation();
  return (state, reason) =>
    state === 'away' && reason !== null ? t(`awayReason.${reason}`) : t(`agentState.${state}`);
}
