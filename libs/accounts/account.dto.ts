import { IsBoolean, IsOptional, IsString, IsUrl, Length, MaxLength, ValidateIf } from 'class-validator';
import type { CreateAccountBody, EditAccountBody } from '#libs/contracts/index.js';

const web = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

export class CreateAccountDto implements CreateAccountBody {
  @IsString()
  @Length(1, 100)
  name!: string;

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string;

  @IsOptional()
  @IsUrl(web)
  @MaxLength(2048)
  logoUrl?: string | null;
}

export class EditAccountDto implements EditAccountBody {
  @ValidateIf((body: EditAccountDto) => body.name !== undefined)
  @IsString()
  @Length(1, 100)
  name?: string;

  @ValidateIf((body: EditAccountDto) => body.description !== undefined)
  @IsString()
  @MaxLength(1000)
  description?: string;

  @IsOptional()
  @IsUrl(web)
  @MaxLength(2048)
  logoUrl?: string | null;

  @ValidateIf((body: EditAccountDto) => body.verified !== undefined)
  @IsBoolean()
  verified?: boolean;
}
