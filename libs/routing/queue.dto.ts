import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
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
  priorities,
  queueLimits as limits,
  strategies,
  type CreateQueueBody,
  type EditQueueBody,
  type Priority,
  type QueueRules,
  type Strategy,
} from '#libs/contracts/index.js';
import {
  BoostsDto,
  DispositionDto,
  HoursDto,
  InactivityDto,
  OverflowDto,
  QueueMemberDto,
  QueueTextsDto,
  ServiceLevelDto,
  SkillStepDto,
  StickyDto,
} from './queue-parts.dto.js';

const present = (_: object, value: unknown): boolean => value !== undefined;
/** Left out, or null where null has a meaning. */
const filled = (_: object, value: unknown): boolean => value !== undefined && value !== null;
const id = /^[1-9]\d{0,17}$/;
const oneLine = /^(?=.*\S)[^\p{Cc}]*$/u;
const oneLineMessage = { message: '$property must be one line and not only spaces' };

/** What is left out stays as it is, or is as usual in a new queue. */
class QueueRulesDto implements Partial<Omit<QueueRules, 'name'>> {
  @ValidateIf(present)
  @IsString()
  @MaxLength(limits.description)
  description?: string;

  @ValidateIf(present)
  @IsBoolean()
  active?: boolean;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(1000)
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  accountIds?: string[];

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(limits.members)
  @ValidateNested({ each: true })
  @Type(() => QueueMemberDto)
  members?: QueueMemberDto[];

  @ValidateIf(present)
  @IsIn([...strategies])
  strategy?: Strategy;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(limits.skillSteps)
  @ValidateNested({ each: true })
  @Type(() => SkillStepDto)
  skillSteps?: SkillStepDto[];

  @ValidateIf(present)
  @IsObject()
  @ValidateNested()
  @Type(() => BoostsDto)
  boosts?: BoostsDto;

  @ValidateIf(present)
  @IsIn([...priorities])
  priority?: Priority;

  @ValidateIf(present)
  @IsInt()
  @Min(limits.guardSeconds.min)
  @Max(limits.guardSeconds.max)
  guardSeconds?: number;

  @ValidateIf(present)
  @IsInt()
  @Min(limits.offerSeconds.min)
  @Max(limits.offerSeconds.max)
  offerSeconds?: number;

  @ValidateIf(present)
  @IsBoolean()
  autoAccept?: boolean;

  @ValidateIf(present)
  @IsInt()
  @Min(limits.weight.min)
  @Max(limits.weight.max)
  weight?: number;

  @ValidateIf(present)
  @IsInt()
  @Min(limits.wrapUpSeconds.min)
  @Max(limits.wrapUpSeconds.max)
  wrapUpSeconds?: number;

  @ValidateIf(present)
  @IsBoolean()
  wrapUpOverlap?: boolean;

  @ValidateIf(present)
  @IsBoolean()
  dispositionRequired?: boolean;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(limits.dispositions)
  @ValidateNested({ each: true })
  @Type(() => DispositionDto)
  dispositions?: DispositionDto[];

  @ValidateIf(present)
  @IsBoolean()
  confirmSend?: boolean;

  @ValidateIf(present)
  @IsObject()
  @ValidateNested()
  @Type(() => ServiceLevelDto)
  serviceLevel?: ServiceLevelDto;

  @ValidateIf(filled)
  @IsInt()
  @Min(limits.maxLength.min)
  @Max(limits.maxLength.max)
  maxLength?: number | null;

  @ValidateIf(present)
  @IsIn(['keep', 'refuse', 'overflow'])
  whenFull?: QueueRules['whenFull'];

  @ValidateIf(filled)
  @IsObject()
  @ValidateNested()
  @Type(() => OverflowDto)
  overflow?: OverflowDto | null;

  @ValidateIf(filled)
  @IsObject()
  @ValidateNested()
  @Type(() => HoursDto)
  hours?: HoursDto | null;

  @ValidateIf(present)
  @IsIn(['keep', 'refuse'])
  whenClosed?: QueueRules['whenClosed'];

  @ValidateIf(present)
  @IsIn(['serve', 'close'])
  atClosing?: QueueRules['atClosing'];

  @ValidateIf(filled)
  @IsObject()
  @ValidateNested()
  @Type(() => StickyDto)
  sticky?: StickyDto | null;

  @ValidateIf(filled)
  @IsObject()
  @ValidateNested()
  @Type(() => InactivityDto)
  inactivity?: InactivityDto | null;

  @ValidateIf(present)
  @IsObject()
  @ValidateNested()
  @Type(() => QueueTextsDto)
  texts?: QueueTextsDto;
}

export class CreateQueueDto extends QueueRulesDto implements CreateQueueBody {
  @IsDefined()
  @IsString()
  @Length(1, limits.name)
  @Matches(oneLine, oneLineMessage)
  name!: string;
}

export class EditQueueDto extends QueueRulesDto implements EditQueueBody {
  @ValidateIf(present)
  @IsString()
  @Length(1, limits.name)
  @Matches(oneLine, oneLineMessage)
  name?: string;

  @ValidateIf(present)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;
}
