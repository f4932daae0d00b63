import { Injectable } from '@nestjs/common';
import type { MaapCredentials } from '#libs/contracts/index.js';
import { SecretBox, Settings } from '#libs/platform/settings/index.js';

/** Seals carriers' credentials for the database; they open on their own connection only. */
@Injectable()
export class CredentialVault {
  private readonly box: SecretBox;

  constructor(settings: Settings) {
    this.box = new SecretBox(settings, 'carrier credentials', 'Credentials');
  }

  seal(credentials: MaapCredentials, connectionKey: string): Buffer {
    return this.box.seal(JSON.stringify(credentials), connectionKey);
  }

  open(sealed: Buffer, connectionKey: string): MaapCredentials {
    return JSON.parse(this.box.open(sealed, connectionKey)) as MaapCredentials;
  }
}
