import { isAvailable, type AgentStateView, type AgentSummary, type Role } from '#libs/contracts/index.js';

/** Somebody to whom a contact could go, with what keeps her from being asked now. */
export interface Person {
  id: string;
  name: string;
  role: Role;
  state: AgentStateView | null;
  /** Slots that are free; null where nobody counts. */
  free: number | null;
  /** `away` stands for every state in which nobody may be asked; its own word says which. */
  kept: 'away' | 'full' | null;
}

/** Those who may be asked first, the ones with most room on top; then the others. */
export function peopleOf(agents: readonly AgentSummary[], states: readonly AgentStateView[]): Person[] {
  const known = new Map(states.map((state) => [state.agentId, state]));
  return agents
    .map(({ id, name, role }): Person => {
      const state = known.get(id) ?? null;
      const free = state === null || state.used === null ? null : Math.max(0, state.capacity - state.used);
      const kept = state === null || !isAvailable(state) ? 'away' : free === 0 ? 'full' : null;
      return { id, name, role, state, free, kept };
    })
    .sort(
      (a, b) =>
        Number(a.kept !== null) - Number(b.kept !== null) ||
        (b.free ?? 0) - (a.free ?? 0) ||
        a.name.localeCompare(b.name, 'ja') ||
        Number(a.id) - Number(b.id),
    );
}

/** Width, case, spaces and the two kana do not matter: ｱｵｲ, あおい and アオイ find each other. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s・]/g, '')
    .replaceAll(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** Every word of the search is in the name, in any order. */
export function isCalled(name: string, search: string): boolean {
  const whole = folded(name);
  return search
    .normalize('NFKC')
    .split(/\s+/)
    .every((word) => whole.includes(folded(word)));
}
