import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { searchKinds, type SearchKind, type SearchState } from '#libs/contracts/index.js';

const id = /^[1-9]\d{0,17}$/;
const anId = { message: '$property must be an id' };

export class SearchQueryDto {
  /** The limit that people are told of is checked with what it counts. */
  @IsString()
  @MaxLength(1_000)
  q!: string;

  /** Left out: the first hits of every kind. */
  @IsOptional()
  @IsIn(searchKinds)
  kind?: SearchKind;

  @IsOptional()
  @Matches(id, anId)
  account?: string;

  @IsOptional()
  @Matches(id, anId)
  queue?: string;

  /** Whoever has, or had, the contact in which it was written. */
  @IsOptional()
  @Matches(id, anId)
  agent?: string;

  @IsOptional()
  @IsIn(['open', 'closed'])
  state?: SearchState;

  /** Messages of conversations that have this label. */
  @IsOptional()
  @Matches(id, anId)
  label?: string;

  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Not included. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  media?: boolean;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  cursor?: string;
}
