import { IsIn, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import {
  forbiddenLimits,
  type EditForbiddenWordBody,
  type ForbiddenSeverity,
  type ForbiddenWordBody,
} from '#libs/contracts/index.js';
import { storable, storableMessage } from '../threads/text-rules.js';

const given = (_: object, value: unknown): boolean => value !== undefined;
/** Something besides blanks. */
const written = /[^\s\u3000]/u;
const writtenMessage = { message: '$property must hold more than blanks' };

export class ForbiddenWordDto implements ForbiddenWordBody {
  @Matches(/^[1-9]\d{0,17}$/, { message: '$property must be an id' })
  accountId!: string;

  @IsString()
  @Length(1, forbiddenLimits.word)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  word!: string;

  @IsIn(['warn', 'block'])
  severity!: ForbiddenSeverity;

  @ValidateIf(given)
  @IsString()
  @MaxLength(forbiddenLimits.note)
  @Matches(storable, storableMessage)
  note?: string;
}

export class EditForbiddenWordDto implements EditForbiddenWordBody {
  @ValidateIf(given)
  @IsString()
  @Length(1, forbiddenLimits.word)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  word?: string;

  @ValidateIf(given)
  @IsIn(['warn', 'block'])
  severity?: ForbiddenSeverity;

  @ValidateIf(given)
  @IsString()
  @MaxLength(forbiddenLimits.note)
  @Matches(storable, storableMessage)
  note?: string;
}
