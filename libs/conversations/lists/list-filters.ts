import type { ListFilters } from '#libs/contracts/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';

/** What narrows the view `all` besides the account. */
export type Narrowing = Omit<ListFilters, 'account'>;

/** What is over has no queue and no agent, and nobody waits in it: both together would always be empty. */
export function mustMeet({ state, queue, agent, unanswered }: Narrowing, field: string): void {
  if (state !== 'closed' || (queue === null && agent === null && !unanswered)) return;
  const message = 'Closed conversations are in no queue and nobody’s: choose one or the other.';
  throw invalid([{ field, rule: 'neverTogether', message }]);
}
