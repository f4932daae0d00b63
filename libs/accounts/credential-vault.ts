import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MaapCredentials } from '#libs/contracts/index.js';
import { Settings } from '#libs/platform/settings/index.js';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals carriers' credentials for the database: `version (1) · nonce (12) · tag (16) · ciphertext`, AES-256-GCM under a
 * key derived from the master key. The connection key is authenticated along with it, so that sealed credentials copied
 * onto another row do not open.
 */
@Injectable()
export class CredentialVault {
  private key: Buffer | undefined;

  constructor(private readonly settings: Settings) {}

  seal(credentials: MaapCredentials, connectionKey: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.derivedKey(), nonce);
    cipher.setAAD(Buffer.from(connectionKey, 'utf8'));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
  }

  open(sealed: Buffer, connectionKey: string): MaapCredentials {
    const version = sealed[0];
    if (version !== VERSION)
      throw new Error(`Credentials are sealed in a way this version does not know (${version}).`);
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.derivedKey(), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(connectionKey, 'utf8'));
    try {
      decipher.setAuthTag(tag);
      const opened = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return JSON.parse(opened.toString('utf8')) as MaapCredentials;
    } catch (cause) {
      throw new Error('Credentials do not open: the master key is another one, or the row was altered.', { cause });
    }
  }

  private derivedKey(): Buffer {
    if (this.key !== undefined) return this.key;
    const { masterKey } = this.settings;
    if (masterKey === null) throw new Error('There is no master key, so credentials can neither be sealed nor opened.');
    this.key = Buffer.from(hkdfSync('sha256', masterKey, 'madoguchi', 'carrier credentials', 32));
    return this.key;
  }
}
