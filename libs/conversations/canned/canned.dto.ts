import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { CannedScope, CreateCannedBody, EditCannedBody } from '#libs/contracts/index.js';
import { TextContentDto } from '../conversations.dto.js';
import { storable, storableMessage } from '../threads/text-rules.js';

const id = /^[1-9]\d{0,17}$/;
const idMessage = { message: '$property must be an id' };
/** Far above what is allowed; the real limits are checked, with both numbers, when the words are tidied. */
const ANY_WORD = 2_000;
const given = (_: object, value: unknown): boolean => value !== undefined;
const present = (_: object, value: unknown): boolean => value !== undefined && value !== null;

export class CreateCannedDto implements CreateCannedBody {
  @IsIn(['personal', 'queue', 'account'])
  scope!: CannedScope;

  @ValidateIf(present)
  @Matches(id, idMessage)
  ownerId?: string | null;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  folder?: string;

  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  name!: string;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  reading?: string;

  @ValidateIf(present)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  shortcut?: string | null;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => TextContentDto)
  content!: TextContentDto;
}

export class EditCannedDto implements EditCannedBody {
  @ValidateIf(given)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  @ValidateIf(given)
  @IsIn(['personal', 'queue', 'account'])
  scope?: CannedScope;

  @ValidateIf(present)
  @Matches(id, idMessage)
  ownerId?: string | null;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  folder?: string;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  name?: string;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  reading?: string;

  @ValidateIf(present)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  shortcut?: string | null;

  @ValidateIf(given)
  @IsObject()
  @ValidateNested()
  @Type(() => TextContentDto)
  content?: TextContentDto;
}

const yes = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

export class ImportQueryDto {
  /** The shelf of rows that name none. */
  @IsOptional()
  @IsIn(['personal', 'queue', 'account'])
  scope: CannedScope = 'personal';

  @IsOptional()
  @Matches(id, idMessage)
  ownerId?: string;

  /** Rows with faults are left out; without it they keep all others out too. */
  @IsOptional()
  @Transform(yes)
  @IsBoolean()
  skipBad = false;

  /** Says what would happen, and does nothing. */
  @IsOptional()
  @Transform(yes)
  @IsBoolean()
  dryRun = false;
}

export class ExportQueryDto {
  @IsOptional()
  @IsIn(['csv', 'json'])
  format: 'csv' | 'json' = 'csv';
}
