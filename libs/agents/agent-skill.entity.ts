import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agent } from './agent.entity.js';
import { Skill } from './skill.entity.js';

/** An agent can do something, this well. */
@Entity('agent_skills')
@Index('agent_skills_skill', ['skillId'])
export class AgentSkillRow {
  @ForeignKey(() => Agent, 'id', { name: 'agent_skills_agent_id_fkey' })
  @PrimaryColumn({ type: 'bigint', name: 'agent_id' })
  agentId!: string;

  @ForeignKey(() => Skill, 'id', { name: 'agent_skills_skill_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn({ type: 'bigint', name: 'skill_id' })
  skillId!: string;

  /** 1 to 5. */
  @Column({ type: 'smallint' })
  level!: number;
}
