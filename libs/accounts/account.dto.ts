import { IsBoolean, IsOptional, IsString, IsUrl, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import type { CreateAccountBody, EditAccountBody } from '#libs/contracts/index.js';
import { noNul, oneLine, present, web } from './field-rules.js';

export class CreateAccountDto implements CreateAccountBody {
  @IsString()
  @Length(1, 100)
  @Matches(...oneLine)
  name!: string;

  @ValidateIf(present)
  @IsString()
  @MaxLength(1000)
  @Matches(...noNul)
  description?: string;

  @IsOptional()
  @IsUrl(web)
  @MaxLength(2048)
  @Matches(...oneLine)
  logoUrl?: string | null;
}

export class EditAccountDto implements EditAccountBody {
  @ValidateIf(present)
  @IsString()
  @Length(1, 100)
  @Matches(...oneLine)
  name?: string;

  @ValidateIf(present)
  @IsString()
  @MaxLength(1000)
  @Matches(...noNul)
  description?: string;

  @IsOptional()
  @IsUrl(web)
  @MaxLength(2048)
  @Matches(...oneLine)
  logoUrl?: string | null;

  @ValidateIf(present)
  @IsBoolean()
  verified?: boolean;
}
