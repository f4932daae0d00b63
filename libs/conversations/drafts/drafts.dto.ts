import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
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
import { mentionLimits, type DraftBody, type Mention } from '#libs/contracts/index.js';
import { ANY_TEXT, storable, storableMessage } from '../threads/text-rules.js';

const given = (_: object, value: unknown): boolean => value !== undefined;
const present = (_: object, value: unknown): boolean => value !== undefined && value !== null;

export class MentionDto implements Mention {
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be an id' })
  agentId!: string;

  @IsInt()
  @Min(0)
  @Max(ANY_TEXT)
  start!: number;

  @IsInt()
  @Min(2)
  @Max(200)
  length!: number;
}

export class DraftDto implements DraftBody {
  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_TEXT)
  @Matches(storable, storableMessage)
  text?: string;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_TEXT)
  @Matches(storable, storableMessage)
  note?: string;

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(mentionLimits.count)
  @ValidateNested({ each: true })
  @Type(() => MentionDto)
  mentions?: MentionDto[];

  @ValidateIf(present)
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  answering?: number | null;

  @ValidateIf(given)
  @IsString()
  @Length(1, 40)
  desk?: string;
}
