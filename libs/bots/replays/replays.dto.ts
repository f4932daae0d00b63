import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsInt,
  IsISO8601,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { replayLimits, type StartReplayBody } from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const anId = { message: '$property must be an id' };
const given = (_: object, value: unknown): boolean => value !== undefined;

class AgainstDto {
  @Matches(id, anId)
  botId!: string;

  @ValidateIf(given)
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version?: number;
}

export class StartReplayDto implements StartReplayBody {
  @Matches(id, anId)
  accountId!: string;

  @IsISO8601({ strict: true })
  since!: string;

  @IsISO8601({ strict: true })
  until!: string;

  @IsInt()
  @Min(1)
  @Max(replayLimits.contacts)
  contacts!: number;

  @ValidateIf(given)
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version?: number;

  @ValidateIf(given)
  @ValidateNested()
  @Type(() => AgainstDto)
  against?: AgainstDto;
}

export class ReplayTurnsQueryDto {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  differing?: boolean;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  after?: number;
}
