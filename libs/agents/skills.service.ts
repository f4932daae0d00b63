import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { errorCodes } from '#libs/contracts/index.js';
import type { SkillBody, SkillView } from '#libs/contracts/index.js';
import type { Tx } from '#libs/platform/database/index.js';
import { conflict, notFound } from '#libs/platform/telemetry/index.js';
import { Skill } from './skill.entity.js';

/** What contacts can ask for. */
@Injectable()
export class Skills {
  constructor(private readonly database: DataSource) {}

  async list(): Promise<SkillView[]> {
    return (await this.database.getRepository(Skill).find({ order: { name: 'ASC', id: 'ASC' } })).map(toSkillView);
  }

  async create(tx: Tx, { name }: SkillBody): Promise<SkillView> {
    const made = await tx.manager
      .getRepository(Skill)
      .save({ name: name.trim(), createdAt: new Date() })
      .catch(nameTaken);
    return toSkillView(made);
  }

  async rename(tx: Tx, id: string, { name }: SkillBody): Promise<SkillView> {
    const skill = await tx.manager.getRepository(Skill).findOneBy({ id });
    if (skill === null) throw notFound('The skill');
    skill.name = name.trim();
    return toSkillView(await tx.manager.getRepository(Skill).save(skill).catch(nameTaken));
  }

  /** Agents lose it. What asks for it (a queue) must stop asking first. */
  async remove(tx: Tx, id: string): Promise<void> {
    const { affected } = await tx.manager.getRepository(Skill).delete({ id }).catch(inUse);
    if (affected === 0) throw notFound('The skill');
  }
}

function toSkillView({ id, name }: Skill): SkillView {
  return { id, name };
}

/** The unique index decides; asking first would only hide the race. */
function nameTaken(fault: unknown): never {
  if (codeOf(fault) === '23505') throw conflict(errorCodes.conflict, 'There is a skill of this name.');
  throw fault;
}

function inUse(fault: unknown): never {
  if (codeOf(fault) === '23503') throw conflict(errorCodes.conflict, 'This skill is still asked for.');
  throw fault;
}

function codeOf(fault: unknown): string | undefined {
  return (fault as { driverError?: { code?: string } }).driverError?.code;
}
