import type { AgentLayers } from '#libs/contracts/index.js';

/** All that the libs above may want to know of a person before they give her work, except what she holds. */
export interface AgentStanding extends AgentLayers {
  agentId: string;
  name: string;
  /** Whoever left cannot be asked, whatever the layers say. */
  active: boolean;
  capacity: number;
  /** Level by skill id. */
  skills: ReadonlyMap<string, number>;
  since: Date;
  graceUntil: Date | null;
  lastAssignedAt: Date | null;
  lastContactEndedAt: Date | null;
  version: number;
}

export interface StandingRow extends Omit<AgentLayers, 'notResponding'> {
  agent_id: string;
  name: string;
  active: boolean;
  capacity: number;
  skills: Record<string, number>;
  not_responding: boolean;
  since: Date;
  grace_until: Date | null;
  last_assigned_at: Date | null;
  last_contact_ended_at: Date | null;
  version: string;
}

/** One query for as many as are asked for; a `where` on `r` or `a` may follow. */
export const selectStandings = `
  select r.agent_id, a.name, a.active, a.capacity, r.connection, r.routing, r.reason, r.not_responding, r.since,
    r.grace_until, r.last_assigned_at, r.last_contact_ended_at, r.version,
    coalesce((select json_object_agg(s.skill_id, s.level) from agent_skills s where s.agent_id = r.agent_id),
      '{}') as skills
  from agent_runtime r join agents a on a.id = r.agent_id`;

export function toStanding(row: StandingRow): AgentStanding {
  return {
    agentId: row.agent_id,
    name: row.name,
    active: row.active,
    capacity: row.capacity,
    skills: new Map(Object.entries(row.skills)),
    connection: row.connection,
    routing: row.routing,
    reason: row.reason,
    notResponding: row.not_responding,
    since: row.since,
    graceUntil: row.grace_until,
    lastAssignedAt: row.last_assigned_at,
    lastContactEndedAt: row.last_contact_ended_at,
    version: Number(row.version),
  };
}
