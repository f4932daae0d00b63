import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  savedViewLimits,
  type EditSavedViewBody,
  type ListFilters,
  type ListOrder,
  type OrderSavedViewsBody,
  type SavedViewBody,
  type SearchState,
} from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
/** Something to read, and PostgreSQL stores no NUL. */
const words = /^(?=.*\S)[^\0]*$/su;
const notNull = (_: object, value: unknown): boolean => value !== null;
const given = (_: object, value: unknown): boolean => value !== undefined;

export class ListFiltersDto implements ListFilters {
  @ValidateIf(notNull)
  @Matches(id, { message: '$property must be an id or null' })
  account!: string | null;

  @ValidateIf(notNull)
  @Matches(id, { message: '$property must be an id or null' })
  queue!: string | null;

  @ValidateIf(notNull)
  @Matches(/^(me|none|[1-9]\d{0,17})$/, { message: '$property must be an id, "me", "none" or null' })
  agent!: string | null;

  @IsBoolean()
  unanswered!: boolean;

  @ValidateIf(notNull)
  @Matches(id, { message: '$property must be an id or null' })
  label: string | null = null;

  @ValidateIf(notNull)
  @IsIn(['open', 'closed'])
  state: SearchState | null = null;
}

export class SavedViewDto implements SavedViewBody {
  @IsString()
  @Length(1, savedViewLimits.name)
  @Matches(words, { message: '$property must have a character' })
  name!: string;

  @IsBoolean()
  shared!: boolean;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ListFiltersDto)
  filters!: ListFiltersDto;

  @IsIn(['waiting', 'newest'])
  order!: ListOrder;
}

export class EditSavedViewDto implements EditSavedViewBody {
  @ValidateIf(given)
  @IsString()
  @Length(1, savedViewLimits.name)
  @Matches(words, { message: '$property must have a character' })
  name?: string;

  @ValidateIf(given)
  @IsObject()
  @ValidateNested()
  @Type(() => ListFiltersDto)
  filters?: ListFiltersDto;

  @ValidateIf(given)
  @IsIn(['waiting', 'newest'])
  order?: ListOrder;
}

export class OrderSavedViewsDto implements OrderSavedViewsBody {
  @IsBoolean()
  shared!: boolean;

  @IsArray()
  @ArrayMaxSize(savedViewLimits.count)
  @ArrayUnique()
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  ids!: string[];
}
