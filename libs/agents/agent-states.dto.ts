import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { awayReasons } from '#libs/contracts/index.js';
import type { AwayReason, RoutingState, SetAgentStateBody, SkillBody } from '#libs/contracts/index.js';

const routingStates: RoutingState[] = ['ready', 'not_ready'];

export class SetAgentStateDto implements SetAgentStateBody {
  @IsIn(routingStates)
  routing!: RoutingState;

  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsIn(awayReasons)
  reason?: AwayReason | null;
}

export class SkillDto implements SkillBody {
  @IsString()
  @Length(1, 60)
  @Matches(/^(?=.*\S)[^\p{Cc}]*$/u, { message: '$property must be one line and not only spaces' })
  name!: string;
}
