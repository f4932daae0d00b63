import { randomBytes } from 'node:crypto';
import { Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's advice for argon2id: 19 MiB, two passes, one lane. About 50 ms. */
export const argon2id = { algorithm: Algorithm.Argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** Keyboards may compose accents differently; the same word must stay the same. */
const composed = (password: string) => password.normalize('NFC');

export async function hashPassword(password: string): Promise<string> {
  return await hash(composed(password), argon2id);
}

let nobodys: Promise<string> | undefined;

/** Made once at start, so that the first unknown e-mail takes no longer than the second. */
export function prepareNobodysHash(): Promise<string> {
  return (nobodys ??= hashPassword(randomBytes(32).toString('base64')));
}

/** Without a hash (nobody has this e-mail) it takes just as long, and is false. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await prepareNobodysHash()), composed(password));
  return matches && passwordHash !== null;
}
