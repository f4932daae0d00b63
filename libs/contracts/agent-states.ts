/** From live sockets: all tabs and devices of a person together, on all nodes. */
export type ConnectionState = 'connected' | 'grace' | 'disconnected';

/** What the person chose, or a supervisor for her: 受付可 / 受付不可. */
export type RoutingState = 'ready' | 'not_ready';

/** 休憩 / 食事 / 研修 / 会議 / その他 */
export const awayReasons = ['break', 'meal', 'training', 'meeting', 'other'] as const;
export type AwayReason = (typeof awayReasons)[number];

/** What is stored of a person. The layers are independent: none of them says anything about another. */
export interface AgentLayers {
  connection: ConnectionState;
  routing: RoutingState;
  /** Why she is not ready; null while she is ready, and before she chose anything. */
  reason: AwayReason | null;
  /** An offer expired without an answer; ends when she resumes (復帰). */
  notResponding: boolean;
}

/** What she holds: computed from contacts, never stored with her. */
export interface AgentLoad {
  /** Weight of everything that takes a slot. */
  used: number;
  /** How many of her contacts are in wrap-up. */
  wrapUp: number;
}

/** 待機中 / 対応中 / 新規受付不可(上限) / 後処理 / 離席 / 応答なし / 接続確認中 / オフライン */
export const derivedStates = [
  'idle',
  'busy',
  'full',
  'after_contact',
  'away',
  'not_responding',
  'grace',
  'offline',
] as const;
export type DerivedState = (typeof derivedStates)[number];

/** Connected, ready and answering: may be asked, if she has a free slot and the rest of the rules allow it. */
export function isAvailable({ connection, routing, notResponding }: AgentLayers): boolean {
  return connection === 'connected' && routing === 'ready' && !notResponding;
}

/**
 * The one word for a person: what keeps her from being asked comes first, from the line outwards. Wrap-up is said before
 * full, because with a capacity of one it would never be seen. `load` null: nobody counts contacts here.
 */
export function derivedState(layers: AgentLayers, capacity: number, load: AgentLoad | null): DerivedState {
  if (layers.connection === 'disconnected') return 'offline';
  if (layers.connection === 'grace') return 'grace';
  if (layers.notResponding) return 'not_responding';
  if (layers.routing === 'not_ready') return 'away';
  const { used, wrapUp } = load ?? { used: 0, wrapUp: 0 };
  if (wrapUp > 0) return 'after_contact';
  if (used >= capacity) return 'full';
  return used > 0 ? 'busy' : 'idle';
}

export interface AgentStateView extends AgentLayers {
  agentId: string;
  name: string;
  state: DerivedState;
  /** Since when the layers are as they are. */
  since: string;
  /** While `connection` is `grace`: when she becomes offline unless she is back. */
  graceUntil: string | null;
  capacity: number;
  /** null: nobody counts contacts here. */
  used: number | null;
  /** Rises with every change; a lower one never replaces a higher one. */
  version: number;
}

export interface SetAgentStateBody {
  routing: RoutingState;
  /** Only with `not_ready`. */
  reason?: AwayReason | null;
}

/** Something that a contact can ask for, e.g. a language or a product. */
export interface SkillView {
  id: string;
  name: string;
}

export interface SkillBody {
  name: string;
}

/** How well an agent can do it (習熟度), 1 to 5. */
export interface AgentSkill {
  skillId: string;
  level: number;
}

export const capacityLimits = { least: 0, most: 100, usual: 3 } as const;
export const skillLevels = { least: 1, most: 5 } as const;
