import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  queueLimits as limits,
  type Disposition,
  type HoursSpan,
  type InactivityRule,
  type Overflow,
  type Priority,
  type QueueHours,
  type QueueMember,
  type QueueTexts,
  type ServiceLevelTarget,
  type SkillNeed,
  type SkillStep,
  type StickyRule,
} from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const idMessage = { message: '$property must be an id' };
const notNull = (_: object, value: unknown): boolean => value !== null;
/** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
const storable = /^(?:[^\0\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;
const storableMessage = { message: '$property must not contain NUL or half a surrogate pair' };

export class QueueMemberDto implements QueueMember {
  @Matches(id, idMessage)
  agentId!: string;

  @IsInt()
  @Min(limits.rank.min)
  @Max(limits.rank.max)
  rank!: number;

  @IsInt()
  @Min(0)
  @Max(limits.delaySeconds)
  delaySeconds!: number;
}

export class SkillNeedDto implements SkillNeed {
  @Matches(id, idMessage)
  skillId!: string;

  @IsInt()
  @Min(limits.level.min)
  @Max(limits.level.max)
  level!: number;
}

export class SkillStepDto implements SkillStep {
  @IsInt()
  @Min(0)
  @Max(limits.overflowSeconds.max)
  afterSeconds!: number;

  @IsArray()
  @ArrayMaxSize(limits.needsPerStep)
  @ValidateNested({ each: true })
  @Type(() => SkillNeedDto)
  need!: SkillNeedDto[];
}

export class BoostsDto implements Record<Priority, number> {
  @IsInt()
  @Min(limits.boostSeconds.min)
  @Max(limits.boostSeconds.max)
  urgent!: number;

  @IsInt()
  @Min(limits.boostSeconds.min)
  @Max(limits.boostSeconds.max)
  high!: number;

  @IsInt()
  @Min(limits.boostSeconds.min)
  @Max(limits.boostSeconds.max)
  normal!: number;

  @IsInt()
  @Min(limits.boostSeconds.min)
  @Max(limits.boostSeconds.max)
  low!: number;
}

export class DispositionDto implements Disposition {
  @IsString()
  @Length(1, 60)
  id!: string;

  @IsString()
  @Length(1, limits.dispositionName)
  name!: string;

  @IsBoolean()
  active!: boolean;
}

export class ServiceLevelDto implements ServiceLevelTarget {
  @IsInt()
  @Min(1)
  @Max(100)
  percent!: number;

  @IsInt()
  @Min(limits.serviceSeconds.min)
  @Max(limits.serviceSeconds.max)
  seconds!: number;

  @IsIn(['reply', 'accept'])
  basis!: ServiceLevelTarget['basis'];

  @IsInt()
  @Min(0)
  @Max(limits.serviceSeconds.max)
  shortAbandonSeconds!: number;

  @IsBoolean()
  includeShortAbandons!: boolean;
}

export class OverflowDto implements Overflow {
  @Matches(id, idMessage)
  queueId!: string;

  @IsIn(['overlay', 'move'])
  mode!: Overflow['mode'];

  @ValidateIf(notNull)
  @IsInt()
  @Min(limits.overflowSeconds.min)
  @Max(limits.overflowSeconds.max)
  afterSeconds!: number | null;

  @ValidateIf(notNull)
  @IsInt()
  @Min(0)
  @Max(limits.maxLength.max)
  longerThan!: number | null;

  @IsBoolean()
  whenUnstaffed!: boolean;
}

export class HoursSpanDto implements HoursSpan {
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: '$property must be a time like 09:00' })
  from!: string;

  @Matches(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { message: '$property must be a time like 18:00, 24:00 at most' })
  to!: string;
}

export class HoursExceptionDto {
  @Matches(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: '$property must be a date like 2026-12-31' })
  date!: string;

  @IsString()
  @MaxLength(60)
  name!: string;

  @IsArray()
  @ArrayMaxSize(limits.spansPerDay)
  @ValidateNested({ each: true })
  @Type(() => HoursSpanDto)
  spans!: HoursSpanDto[];
}

/** Days within days are beyond what decorators say; `queue-check.ts` looks into them. */
export class HoursDto implements QueueHours {
  @IsArray()
  @ArrayMaxSize(7)
  week!: QueueHours['week'];

  @IsDefined()
  holidays!: QueueHours['holidays'];

  @IsArray()
  @ArrayMaxSize(limits.exceptions)
  @ValidateNested({ each: true })
  @Type(() => HoursExceptionDto)
  exceptions!: HoursExceptionDto[];
}

export class StickyDto implements StickyRule {
  @IsInt()
  @Min(limits.stickyDays.min)
  @Max(limits.stickyDays.max)
  days!: number;

  @IsInt()
  @Min(limits.stickyWaitSeconds.min)
  @Max(limits.stickyWaitSeconds.max)
  waitFullSeconds!: number;

  @IsInt()
  @Min(limits.stickyWaitSeconds.min)
  @Max(limits.stickyWaitSeconds.max)
  waitAbsentSeconds!: number;
}

export class InactivityDto implements InactivityRule {
  @IsInt()
  @Min(limits.inactivitySeconds.min)
  @Max(limits.inactivitySeconds.max)
  closeAfterSeconds!: number;

  @IsInt()
  @Min(limits.warnSeconds.min)
  @Max(limits.warnSeconds.max)
  warnSeconds!: number;

  @ValidateIf(notNull)
  @IsString()
  @Length(1, limits.text)
  @Matches(storable, storableMessage)
  text!: string | null;
}

export class QueueTextsDto implements QueueTexts {
  @ValidateIf(notNull)
  @IsString()
  @Length(1, limits.text)
  @Matches(storable, storableMessage)
  queued!: string | null;

  @ValidateIf(notNull)
  @IsString()
  @Length(1, limits.text)
  @Matches(storable, storableMessage)
  outOfHours!: string | null;

  @ValidateIf(notNull)
  @IsString()
  @Length(1, limits.text)
  @Matches(storable, storableMessage)
  full!: string | null;

  @ValidateIf(notNull)
  @IsString()
  @Length(1, limits.text)
  @Matches(storable, storableMessage)
  closing!: string | null;
}
