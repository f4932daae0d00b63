import type { FieldError } from '#libs/contracts/index.js';
import { isPrivateLiteral } from '#libs/platform/outside/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';

const URL_LENGTH = 2048;

/**
 * An address that turns are posted to, as it may be kept. Names that lead into a private network are found out when they are
 * called.
 * @param inside whether this installation lets bots live in private networks; there plain http will do
 */
export function checkedAddress(field: string, given: unknown, inside: boolean): string {
  const refuse = (rule: string, message: string, more: Partial<FieldError> = {}): never => {
    throw invalid([{ field, rule, message, ...more }]);
  };
  if (typeof given !== 'string' || given.trim() === '') return refuse('required', 'It must be an address.');
  const text = given.trim();
  if (text.length > URL_LENGTH) {
    const actual = text.length;
    return refuse('tooLong', `It has ${actual} characters; ${URL_LENGTH} are allowed.`, { limit: URL_LENGTH, actual });
  }
  if (!URL.canParse(text)) return refuse('isUrl', 'It must be an address like https://bot.example.jp/turns.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(inside && url.protocol === 'http:'))
    return refuse('isHttps', `It must begin with https://${inside ? ' or http://' : ''}.`);
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    return refuse('isUrl', 'It must hold no user, no password and no fragment.');
  if (!inside && (isPrivateLiteral(url) || /^localhost\.?$/.test(url.hostname)))
    return refuse('private', 'It lies in a private network, which this installation does not allow for bots.');
  return url.href;
}

/** Only these members, by name. */
export function refuseOthers(given: Record<string, unknown>, known: readonly string[]): void {
  const others = Object.keys(given).filter((name) => !known.includes(name));
  if (others.length > 0)
    throw invalid(
      others.map((name) => ({ field: `settings.${name}`, rule: 'unknown', message: 'There is no such setting.' })),
    );
}
