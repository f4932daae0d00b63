import type {
  AgentSkill,
  AgentStateView,
  AgentSummary,
  AgentView,
  SessionView,
  SkillView,
} from '#libs/contracts/index.js';
import {
  fraction,
  id,
  listOf,
  named,
  object,
  orNull,
  text,
  time,
  whole,
  yesOrNo,
  type Described,
} from './api-schema.js';
import {
  awayReason,
  connectionState,
  derivedState,
  locale,
  permission,
  role,
  routingState,
  visibility,
} from './api-words.js';

export interface AgentViews {
  AgentStateView: AgentStateView;
  AgentSummary: AgentSummary;
  AgentView: AgentView;
  SessionView: SessionView;
  SkillView: SkillView;
}

/** Who works here, and as what she is signed in. */
export const agentViews: { [N in keyof AgentViews]: Described<AgentViews[N]> } = {
  AgentStateView: object<AgentStateView>({
    agentId: id,
    name: text,
    connection: connectionState,
    routing: routingState,
    reason: orNull(awayReason),
    notResponding: yesOrNo,
    state: derivedState,
    since: time,
    graceUntil: orNull(time),
    capacity: whole,
    used: orNull(fraction),
    version: whole,
  }),
  AgentSummary: object<AgentSummary>({ id, name: text, role }),
  AgentView: object<AgentView>({
    id,
    name: text,
    email: text,
    role,
    visibility,
    locale,
    active: yesOrNo,
    accountIds: listOf(id),
    capacity: whole,
    skills: listOf(object<AgentSkill>({ skillId: id, level: whole })),
  }),
  SessionView: object<SessionView>({
    agent: named<AgentView>('AgentView'),
    permissions: listOf(permission),
    accounts: listOf(
      object<SessionView['accounts'][number]>({ id, name: text, logoUrl: orNull(text), verified: yesOrNo }),
    ),
    now: time,
  }),
  SkillView: object<SkillView>({ id, name: text }),
};
