import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import {
  customerLanguages,
  customerLimits,
  fieldKinds,
  labelColors,
  verificationMethods,
  type BlockBody,
  type CreateFieldBody,
  type CreateLabelBody,
  type CustomerLanguage,
  type CustomerNoteBody,
  type EditCustomerBody,
  type EditCustomerRulesBody,
  type EditFieldBody,
  type EditLabelBody,
  type FieldKind,
  type LabelColor,
  type MergeBody,
  type NewPersonBody,
  type SetLabelsBody,
  type VerificationMethod,
  type VerifyBody,
} from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const idMessage = { message: '$property must be an id' };
/** PostgreSQL stores no NUL, and half a surrogate pair is no character. */
const storable = /^(?:[^\0\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;
const storableMessage = { message: '$property must not contain NUL or half a surrogate pair' };
const written = /\S/;
const writtenMessage = { message: '$property must not be blank' };
const given = (_: object, value: unknown): boolean => value !== undefined;
const present = (_: object, value: unknown): boolean => value !== undefined && value !== null;
const { labelName, labelsPerConversation, fieldKey, fieldLabel, choices, choice, note, blockReason, fields } =
  customerLimits;

export class EditCustomerDto implements EditCustomerBody {
  @ValidateIf(present)
  @IsString()
  @MaxLength(100)
  @Matches(storable, storableMessage)
  name?: string | null;

  @ValidateIf(present)
  @IsString()
  @MaxLength(100)
  @Matches(storable, storableMessage)
  kana?: string | null;

  @ValidateIf(present)
  @IsIn(customerLanguages)
  language?: CustomerLanguage | null;

  /** Each is read by the kind of its field, where the fault names it. */
  @ValidateIf(given)
  @IsObject()
  values?: Record<string, string | null>;
}

export class CreateLabelDto implements CreateLabelBody {
  @Matches(id, idMessage)
  accountId!: string;

  @IsString()
  @Length(1, labelName)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  name!: string;

  @IsIn(labelColors)
  color!: LabelColor;
}

export class EditLabelDto implements EditLabelBody {
  @ValidateIf(given)
  @IsString()
  @Length(1, labelName)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  name?: string;

  @ValidateIf(given)
  @IsIn(labelColors)
  color?: LabelColor;

  @ValidateIf(given)
  @IsInt()
  @Min(0)
  @Max(10_000)
  position?: number;

  @ValidateIf(given)
  @IsBoolean()
  active?: boolean;
}

export class SetLabelsDto implements SetLabelsBody {
  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(labelsPerConversation)
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  add?: string[];

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(labelsPerConversation)
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  remove?: string[];
}

export class CreateFieldDto implements CreateFieldBody {
  @Matches(id, idMessage)
  accountId!: string;

  @IsString()
  @MaxLength(fieldKey)
  @Matches(/^[a-z][a-z0-9_]*$/, { message: '$property must be lower-case letters, digits and _, a letter first' })
  key!: string;

  @IsString()
  @Length(1, fieldLabel)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  label!: string;

  @IsIn(fieldKinds)
  kind!: FieldKind;

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(choices)
  @IsString({ each: true })
  @MaxLength(choice, { each: true })
  @Matches(storable, { each: true, ...storableMessage })
  choices?: string[];
}

export class EditFieldDto implements EditFieldBody {
  @ValidateIf(given)
  @IsString()
  @Length(1, fieldLabel)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  label?: string;

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(choices)
  @IsString({ each: true })
  @MaxLength(choice, { each: true })
  @Matches(storable, { each: true, ...storableMessage })
  choices?: string[];

  @ValidateIf(given)
  @IsInt()
  @Min(0)
  @Max(10_000)
  position?: number;

  @ValidateIf(given)
  @IsBoolean()
  active?: boolean;
}

export class EditCustomerRulesDto implements EditCustomerRulesBody {
  @IsInt()
  @Min(1)
  @Max(customerLimits.verificationDays)
  verificationDays!: number;
}

export class CustomerNoteDto implements CustomerNoteBody {
  @IsString()
  @Length(1, note)
  @Matches(storable, storableMessage)
  @Matches(written, writtenMessage)
  text!: string;
}

export class VerifyDto implements VerifyBody {
  @Matches(id, idMessage)
  conversationId!: string;

  @IsIn(verificationMethods)
  method!: VerificationMethod;
}

export class BlockDto implements BlockBody {
  @ValidateIf(given)
  @IsString()
  @MaxLength(blockReason)
  @Matches(storable, storableMessage)
  reason?: string;
}

export class MergeDto implements MergeBody {
  @Matches(id, idMessage)
  customerId!: string;
}

export class NewPersonDto implements NewPersonBody {
  @Matches(id, idMessage)
  conversationId!: string;
}

export class PastQueryDto {
  @IsOptional()
  @Matches(id, idMessage)
  before?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;
}

export class CandidatesQueryDto {
  @IsOptional()
  @IsString()
  @MaxLength(100)
  @Matches(storable, storableMessage)
  search?: string;
}

export class PreviewQueryDto {
  @Matches(id, idMessage)
  with!: string;
}

export const isStorable = (text: string): boolean => storable.test(text);

/** So many attributes in one edit. */
export const VALUES_LIMIT = fields * 10;
