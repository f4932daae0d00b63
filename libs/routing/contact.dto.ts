import { IsDefined, IsIn, IsISO8601, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import {
  contactLimits,
  declineReasons,
  priorities,
  type DeclineBody,
  type DeclineReason,
  type Priority,
  type PriorityBody,
  type SnoozeBody,
  type TransferBody,
} from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const idMessage = { message: '$property must be an id' };
const given = (_: object, value: unknown): boolean => value !== undefined;
const storable = /^(?:[^\0\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;
const storableMessage = { message: '$property must not contain NUL or half a surrogate pair' };

export class TransferDto implements TransferBody {
  @ValidateIf(given)
  @Matches(id, idMessage)
  agentId?: string;

  @ValidateIf(given)
  @Matches(id, idMessage)
  queueId?: string;

  @ValidateIf(given)
  @IsString()
  @MaxLength(contactLimits.transferNote)
  @Matches(storable, storableMessage)
  note?: string;
}

export class SnoozeDto implements SnoozeBody {
  @IsDefined()
  @IsString()
  @Length(20, 30)
  @IsISO8601({ strict: true })
  until!: string;

  @IsIn(['me', 'queue'])
  owner!: SnoozeBody['owner'];
}

export class PriorityDto implements PriorityBody {
  @IsIn([...priorities])
  priority!: Priority;
}

export class DeclineDto implements DeclineBody {
  @IsIn([...declineReasons])
  reason!: DeclineReason;

  @ValidateIf(given)
  @IsString()
  @MaxLength(contactLimits.declineNote)
  @Matches(storable, storableMessage)
  note?: string;
}
