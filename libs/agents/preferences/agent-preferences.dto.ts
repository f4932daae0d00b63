import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { preferenceLimits, signalKinds } from '#libs/contracts/index.js';
import type { AgentPreferences, KeyChoice, SignalKind } from '#libs/contracts/index.js';

const given = (_: unknown, value: unknown): boolean => value !== undefined;

export class KeyChoiceDto implements KeyChoice {
  @IsString()
  @Matches(/^[a-zA-Z]{1,40}$/)
  command!: string;

  @IsArray()
  @ArrayMaxSize(preferenceLimits.keysEach)
  @IsString({ each: true })
  @MaxLength(preferenceLimits.keyLength, { each: true })
  @Matches(/^[!-~]+( [!-~]+)?$/, { each: true })
  keys!: string[];
}

export class AgentPreferencesDto implements AgentPreferences {
  @ValidateIf(given)
  @IsIn(['modEnter', 'enter'])
  sendKey?: 'modEnter' | 'enter';

  @ValidateIf(given)
  @IsBoolean()
  shortcuts?: boolean;

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(preferenceLimits.commands)
  @ValidateNested({ each: true })
  @Type(() => KeyChoiceDto)
  keys?: KeyChoiceDto[];

  @ValidateIf(given)
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(signalKinds.length)
  @IsIn(signalKinds, { each: true })
  quietKinds?: SignalKind[];

  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsISO8601({ strict: true })
  quietUntil?: string | null;

  @ValidateIf(given)
  @IsBoolean()
  quietAway?: boolean;

  @ValidateIf(given)
  @IsBoolean()
  toured?: boolean;
}
