import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Settings } from './settings.js';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what must not stand readable in the database: `version (1) · nonce (12) · tag (16) · ciphertext`, AES-256-GCM
 * under a key derived from the master key for one purpose. What a text belongs to is authenticated along with it, so that
 * a sealed one copied onto another row does not open.
 */
export class SecretBox {
  private key: Buffer | undefined;

  /** @param what names it in faults, e.g. `Credentials` */
  constructor(
    private readonly settings: Settings,
    private readonly purpose: string,
    private readonly what: string,
  ) {}

  seal(text: string, belongsTo: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.derivedKey(), nonce);
    cipher.setAAD(Buffer.from(belongsTo, 'utf8'));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
  }

  open(sealed: Buffer, belongsTo: string): string {
    const version = sealed[0];
    if (version !== VERSION) {
      throw new Error(`${this.what} are sealed in a way this version does not know (${version}).`);
    }
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.derivedKey(), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(belongsTo, 'utf8'));
    try {
      decipher.setAuthTag(tag);
      const opened = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      return opened.toString('utf8');
    } catch (cause) {
      throw new Error(`${this.what} do not open: the master key is another one, or the row was altered.`, { cause });
    }
  }

  private derivedKey(): Buffer {
    if (this.key !== undefined) return this.key;
    const { masterKey } = this.settings;
    if (masterKey === null) {
      throw new Error(`There is no master key, so ${this.what.toLowerCase()} can neither be sealed nor opened.`);
    }
    this.key = Buffer.from(hkdfSync('sha256', masterKey, 'madoguchi', this.purpose, 32));
    return this.key;
  }
}
