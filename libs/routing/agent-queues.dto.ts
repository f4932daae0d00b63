import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { queueLimits as limits, type QueueMembership, type SetMembershipsBody } from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const idMessage = { message: '$property must be an id' };

class MembershipDto implements QueueMembership {
  @Matches(id, idMessage)
  queueId!: string;

  @IsInt()
  @Min(limits.rank.min)
  @Max(limits.rank.max)
  rank!: number;

  @IsInt()
  @Min(0)
  @Max(limits.delaySeconds)
  delaySeconds!: number;
}

export class SetMembershipsDto implements SetMembershipsBody {
  @IsDefined()
  @IsArray()
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => MembershipDto)
  memberships!: MembershipDto[];
}

export class ReleaseDto {
  @IsIn(['queue', 'agent'])
  to!: 'queue' | 'agent';

  @ValidateIf(({ to, agentId }: ReleaseDto) => to === 'agent' || agentId !== undefined)
  @Matches(id, idMessage)
  agentId?: string;
}
