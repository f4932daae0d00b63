import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { CreateConnectionBody, EditConnectionBody, MaapCredentials, MaapSettings } from '#libs/contracts/index.js';

/** Carriers may sit in a private network, so names without a dot and addresses are allowed; only admins get here. */
const web = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

export class MaapSettingsDto implements MaapSettings {
  @IsUrl(web)
  @MaxLength(2048)
  baseUrl!: string;

  @IsString()
  @Length(1, 255)
  botId!: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, { message: '$property must be a relative path' })
  @MaxLength(100)
  sendPath?: string;

  @IsOptional()
  @IsUrl(web)
  @MaxLength(2048)
  tokenUrl?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 255, { each: true })
  mediaHosts?: string[];
}

export class MaapCredentialsDto implements MaapCredentials {
  @IsOptional()
  @IsString()
  @Length(1, 4096)
  token?: string;

  @IsOptional()
  @IsString()
  @Length(1, 255)
  clientId?: string;

  @IsOptional()
  @IsString()
  @Length(1, 4096)
  clientSecret?: string;

  @IsOptional()
  @IsString()
  @Length(1, 4096)
  verificationToken?: string;
}

export class CreateConnectionDto implements CreateConnectionBody {
  @IsIn(['maap'])
  wire!: 'maap';

  @IsDefined()
  @ValidateNested()
  @Type(() => MaapSettingsDto)
  settings!: MaapSettingsDto;

  @IsDefined()
  @ValidateNested()
  @Type(() => MaapCredentialsDto)
  credentials!: MaapCredentialsDto;
}

export class EditConnectionDto implements EditConnectionBody {
  @ValidateIf((body: EditConnectionDto) => body.settings !== undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => MaapSettingsDto)
  settings?: MaapSettingsDto;

  @ValidateIf((body: EditConnectionDto) => body.credentials !== undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => MaapCredentialsDto)
  credentials?: MaapCredentialsDto;

  @ValidateIf((body: EditConnectionDto) => body.active !== undefined)
  @IsBoolean()
  active?: boolean;
}
