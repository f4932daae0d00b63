import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
  registerDecorator,
  type ValidationOptions,
} from 'class-validator';
import {
  faqLimits,
  type CreateFaqBody,
  type EditFaqBody,
  type FaqLanguage,
  type FaqState,
  type SettleFaqBody,
  type TryFaqBody,
} from '#libs/contracts/index.js';
import { TextContentDto, storable, storableMessage } from '#libs/conversations/index.js';

const id = /^[1-9]\d{0,17}$/;
const idMessage = { message: '$property must be an id' };
/** Far above what is allowed; the real limits are checked, with both numbers, when the words are tidied. */
const ANY_WORD = 2_000;
const ANY_COUNT = 100;
const given = (_: object, value: unknown): boolean => value !== undefined;
const present = (_: object, value: unknown): boolean => value !== undefined && value !== null;

export class CreateFaqDto implements CreateFaqBody {
  @Matches(id, idMessage)
  accountId!: string;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  category?: string;

  @ValidateIf(given)
  @IsIn(['ja', 'en'])
  language?: FaqLanguage;

  @IsArray()
  @ArrayMaxSize(ANY_COUNT)
  @IsString({ each: true })
  @MaxLength(ANY_WORD, { each: true })
  @Matches(storable, { each: true, ...storableMessage })
  phrasings!: string[];

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => TextContentDto)
  content!: TextContentDto;

  @ValidateIf(given)
  @IsIn(['proposed', 'on', 'off'])
  state?: FaqState;

  @ValidateIf(present)
  @IsISO8601({ strict: true, strictSeparator: true })
  validFrom?: string | null;

  @ValidateIf(present)
  @IsISO8601({ strict: true, strictSeparator: true })
  validUntil?: string | null;

  @ValidateIf(given)
  @Matches(id, idMessage)
  questionId?: string;
}

export class EditFaqDto implements EditFaqBody {
  @ValidateIf(given)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  @ValidateIf(given)
  @IsString()
  @MaxLength(ANY_WORD)
  @Matches(storable, storableMessage)
  category?: string;

  @ValidateIf(given)
  @IsIn(['ja', 'en'])
  language?: FaqLanguage;

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(ANY_COUNT)
  @IsString({ each: true })
  @MaxLength(ANY_WORD, { each: true })
  @Matches(storable, { each: true, ...storableMessage })
  phrasings?: string[];

  @ValidateIf(given)
  @IsObject()
  @ValidateNested()
  @Type(() => TextContentDto)
  content?: TextContentDto;

  @ValidateIf(given)
  @IsIn(['proposed', 'on', 'off'])
  state?: FaqState;

  @ValidateIf(present)
  @IsISO8601({ strict: true, strictSeparator: true })
  validFrom?: string | null;

  @ValidateIf(present)
  @IsISO8601({ strict: true, strictSeparator: true })
  validUntil?: string | null;
}

export class TryFaqDto implements TryFaqBody {
  @Matches(id, idMessage)
  accountId!: string;

  @IsString()
  @Length(1, faqLimits.question)
  @Matches(/\S/u, { message: '$property must hold a question' })
  question!: string;
}

export class SettleFaqDto implements SettleFaqBody {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  ids!: string[];
}

/** A group of so many words, none of them longer than that. */
function WordGroup(most: number, length: number, options: ValidationOptions): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'wordGroup',
      target: target.constructor,
      propertyName: String(propertyName),
      constraints: [most, length],
      options: { ...options, message: `each group has ${most} words at most, of ${length} characters at most` },
      validator: {
        validate: (words: unknown) =>
          Array.isArray(words) &&
          words.length <= most &&
          words.every((word) => typeof word === 'string' && word.length <= length && storable.test(word)),
      },
    });
}

export class RewordDto {
  @IsArray()
  @ArrayMaxSize(faqLimits.rewordings)
  @WordGroup(faqLimits.rewordingWords, faqLimits.rewordingWord, { each: true })
  groups!: string[][];
}

const yes = ({ value }: { value: unknown }): unknown => (value === 'true' ? true : value === 'false' ? false : value);

export class FaqFileDto {
  @Matches(id, idMessage)
  accountId!: string;
}

export class FaqImportDto extends FaqFileDto {
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
