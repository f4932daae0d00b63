import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import type { ReadNotificationsBody } from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const given = (_: object, value: unknown): boolean => value !== undefined;

export class NotificationsQueryDto {
  @IsOptional()
  @Matches(id, { message: '$property must be an id' })
  before?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 30;
}

export class ReadNotificationsDto implements ReadNotificationsBody {
  @ValidateIf(given)
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(id, { each: true, message: 'each value in $property must be an id' })
  ids?: string[];

  @ValidateIf(given)
  @Matches(id, { message: '$property must be an id' })
  upTo?: string;
}
