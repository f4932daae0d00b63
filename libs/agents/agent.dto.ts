import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
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
import { capacityLimits, skillLevels } from '#libs/contracts/index.js';
import type {
  AgentSkill,
  CreateAgentBody,
  EditAgentBody,
  Locale,
  Role,
  SignInBody,
  Visibility,
} from '#libs/contracts/index.js';

const roles: Role[] = ['agent', 'supervisor', 'admin'];
const visibilities: Visibility[] = ['own', 'account', 'all'];
const locales: Locale[] = ['ja', 'en'];

/** Left out means "as it is"; null is not a value any of these can take. */
const present = (_: object, value: unknown) => value !== undefined;
const oneLine = /^(?=.*\S)[^\p{Cc}]*$/u;
const id = /^[1-9]\d{0,17}$/;
const oneLineMessage = { message: '$property must be one line and not only spaces' };
const idMessage = { each: true, message: 'each value in $property must be an id' };

export class SignInDto implements SignInBody {
  @IsString()
  @Length(1, 320)
  @Matches(/^[^\p{Cc}]*$/u, { message: '$property must be one line' })
  email!: string;

  @IsString()
  @Length(1, 200)
  password!: string;
}

export class AgentSkillDto implements AgentSkill {
  @IsString()
  @Matches(id, { message: '$property must be an id' })
  skillId!: string;

  @IsInt()
  @Min(skillLevels.least)
  @Max(skillLevels.most)
  level!: number;
}

const MOST_SKILLS = 100;
const eachOnce = [({ skillId }: AgentSkill) => skillId, { message: '$property must name each skill once' }] as const;

export class CreateAgentDto implements CreateAgentBody {
  @IsString()
  @Length(1, 100)
  @Matches(oneLine, oneLineMessage)
  name!: string;

  @IsEmail()
  @MaxLength(320)
  email!: string;

  @IsString()
  @Length(10, 200)
  password!: string;

  @IsIn(roles)
  role!: Role;

  @ValidateIf(present)
  @IsIn(visibilities)
  visibility?: Visibility;

  @ValidateIf(present)
  @IsIn(locales)
  locale?: Locale;

  @IsArray()
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @Matches(id, idMessage)
  accountIds!: string[];

  @ValidateIf(present)
  @IsInt()
  @Min(capacityLimits.least)
  @Max(capacityLimits.most)
  capacity?: number;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(MOST_SKILLS)
  @ArrayUnique(...eachOnce)
  @ValidateNested({ each: true })
  @Type(() => AgentSkillDto)
  skills?: AgentSkillDto[];
}

export class EditAgentDto implements EditAgentBody {
  @ValidateIf(present)
  @IsString()
  @Length(1, 100)
  @Matches(oneLine, oneLineMessage)
  name?: string;

  @ValidateIf(present)
  @IsString()
  @Length(10, 200)
  password?: string;

  @ValidateIf(present)
  @IsIn(roles)
  role?: Role;

  @ValidateIf(present)
  @IsIn(visibilities)
  visibility?: Visibility;

  @ValidateIf(present)
  @IsIn(locales)
  locale?: Locale;

  @ValidateIf(present)
  @IsBoolean()
  active?: boolean;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @Matches(id, idMessage)
  accountIds?: string[];

  @ValidateIf(present)
  @IsInt()
  @Min(capacityLimits.least)
  @Max(capacityLimits.most)
  capacity?: number;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(MOST_SKILLS)
  @ArrayUnique(...eachOnce)
  @ValidateNested({ each: true })
  @Type(() => AgentSkillDto)
  skills?: AgentSkillDto[];
}
