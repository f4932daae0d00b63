import { malformed } from '../problem.js';

/** A required text with a limit in UTF-16 units, the strictest way of counting. */
export function needLength(value: unknown, path: string, most: number): string {
  if (typeof value !== 'string' || value === '') throw malformed(`${path} must be a text that is not empty`);
  if (value.length > most) throw malformed(`${path} must have at most ${most} characters, has ${value.length}`);
  return value;
}

export function optionalText(value: unknown, path: string, most: number): string | undefined {
  return value === undefined || value === '' ? undefined : needLength(value, path, most);
}

export function needAddress(value: unknown, path: string): string {
  const text = needLength(value, path, 2048);
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw malformed(`${path} must be an http or https address`);
  return text;
}

/** Members that are null count as left out; some libraries send every member of their models. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, each]) => each !== null && name !== '__proto__');
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutNulls(each)]));
}
