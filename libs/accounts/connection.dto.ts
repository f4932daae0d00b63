import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsObject,
  IsString,
  IsUrl,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { CreateConnectionBody, EditConnectionBody, MaapCredentials, MaapSettings } from '#libs/contracts/index.js';
import { host, oneLine, present, web } from './field-rules.js';

export class MaapSettingsDto implements MaapSettings {
  @IsUrl(web)
  @Matches(...oneLine)
  @MaxLength(2048)
  baseUrl!: string;

  @IsString()
  @Length(1, 255)
  @Matches(...oneLine)
  botId!: string;

  @ValidateIf(present)
  @Matches(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, { message: '$property must be a relative path' })
  @MaxLength(100)
  sendPath?: string;

  @ValidateIf(present)
  @IsUrl(web)
  @Matches(...oneLine)
  @MaxLength(2048)
  tokenUrl?: string;

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(...host)
  mediaHosts?: string[];

  @ValidateIf(present)
  @IsArray()
  @ArrayMaxSize(20)
  @Matches(...host)
  privateHosts?: string[];
}

export class MaapCredentialsDto implements MaapCredentials {
  @ValidateIf(present)
  @IsString()
  @Length(1, 4096)
  token?: string;

  @ValidateIf(present)
  @IsString()
  @Length(1, 255)
  clientId?: string;

  @ValidateIf(present)
  @IsString()
  @Length(1, 4096)
  clientSecret?: string;

  @ValidateIf(present)
  @IsString()
  @Length(1, 4096)
  verificationToken?: string;
}

export class CreateConnectionDto implements CreateConnectionBody {
  @IsIn(['maap'])
  wire!: 'maap';

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => MaapSettingsDto)
  settings!: MaapSettingsDto;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => MaapCredentialsDto)
  credentials!: MaapCredentialsDto;
}

export class EditConnectionDto implements EditConnectionBody {
  @ValidateIf(present)
  @IsObject()
  @ValidateNested()
  @Type(() => MaapSettingsDto)
  settings?: MaapSettingsDto;

  @ValidateIf(present)
  @IsObject()
  @ValidateNested()
  @Type(() => MaapCredentialsDto)
  credentials?: MaapCredentialsDto;

  @ValidateIf(present)
  @IsBoolean()
  active?: boolean;
}
