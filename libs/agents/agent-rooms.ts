import type { Visibility } from '#libs/contracts/index.js';
import type { Rights } from './rights.service.js';
import { seesEverybody } from './agent-states.service.js';

/** Whoever looks at colleagues at all sits here: those who work for every account are everybody's colleagues. */
export const watchRoom = 'agents';
const everybodyRoom = 'agents:everybody';
const accountRoom = (accountId: string): string => `agents:${accountId}`;

export function isAgentRoom(room: string): boolean {
  return room === watchRoom || room.startsWith(`${watchRoom}:`);
}

/** Where the state of such an agent is told; the rule of `AgentStates.visibleTo`, said in rooms. */
export function roomsOfAgent(visibility: Visibility, accountIds: string[]): string[] {
  return visibility === 'all' ? [watchRoom] : [everybodyRoom, ...accountIds.map(accountRoom)];
}

/** Where somebody with these rights sits while she looks. */
export function roomsOfWatcher(rights: Rights): string[] {
  return [watchRoom, ...(seesEverybody(rights) ? [everybodyRoom] : rights.accountIds.map(accountRoom))];
}
