import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import {
  botAdminLimits as limits,
  botKinds,
  type AccountBotsBody,
  type CreateBotBody,
  type EditBotBody,
  type ReturnToBotBody,
} from '#libs/contracts/index.js';
import { WrapUpDto } from '#libs/conversations/index.js';

const given = (_: object, value: unknown): boolean => value !== undefined;
const filled = (_: object, value: unknown): boolean => value !== undefined && value !== null;
const id = /^[1-9]\d{0,17}$/;
const oneLine = /^(?=.*\S)(?:[^\p{Cc}\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/u;
const oneLineMessage = { message: '$property must be one line and not only spaces' };
const lines = /^(?:[^\0\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;
const linesMessage = { message: '$property must not contain NUL or half a surrogate pair' };

export class CreateBotDto implements CreateBotBody {
  @IsIn(botKinds.filter((kind) => kind !== 'module'))
  kind!: CreateBotBody['kind'];

  @IsString()
  @Length(1, limits.name)
  @Matches(oneLine, oneLineMessage)
  name!: string;

  @ValidateIf(given)
  @IsObject()
  settings?: Record<string, unknown>;

  @ValidateIf(given)
  @IsString()
  @Length(1, limits.secret)
  @Matches(oneLine, oneLineMessage)
  secret?: string;
}

export class EditBotDto implements EditBotBody {
  @ValidateIf(given)
  @IsString()
  @Length(1, limits.name)
  @Matches(oneLine, oneLineMessage)
  name?: string;

  @ValidateIf(given)
  @IsBoolean()
  enabled?: boolean;

  @ValidateIf(given)
  @IsObject()
  settings?: Record<string, unknown>;

  @ValidateIf(filled)
  @IsString()
  @Length(1, limits.secret)
  @Matches(oneLine, oneLineMessage)
  secret?: string | null;
}

export class AccountBotsDto implements AccountBotsBody {
  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(limits.perAccount)
  @ArrayUnique()
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  botIds?: string[];

  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(limits.words)
  @IsString({ each: true })
  @MaxLength(limits.word, { each: true })
  @Matches(oneLine, { each: true, message: 'each value in $property must be one line and not only spaces' })
  words?: string[];

  @ValidateIf(filled)
  @IsString()
  @MaxLength(limits.handOffText)
  @Matches(lines, linesMessage)
  handOffText?: string | null;
}

export class ReturnToBotDto extends WrapUpDto implements ReturnToBotBody {
  @ValidateIf(given)
  @Matches(id, { message: '$property must be an id' })
  botId?: string;
}

export class TurnsQueryDto {
  @ValidateIf(given)
  @Matches(id, { message: '$property must be an id' })
  before?: string;

  @ValidateIf(given)
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;
}

export class ContainmentQueryDto {
  @IsISO8601({ strict: true })
  from!: string;

  @IsISO8601({ strict: true })
  to!: string;

  @ValidateIf(given)
  @Matches(id, { message: '$property must be an id' })
  account?: string;
}
