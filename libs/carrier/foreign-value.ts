/** Members of JSON that somebody else wrote: every one may be missing or of another type. */
export type Foreign = Record<string, unknown>;

export function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at a path, or an empty one. */
export function within(value: unknown, ...path: string[]): Foreign {
  let at = value;
  for (const name of path) at = isObject(at) ? own(at, name) : undefined;
  return isObject(at) ? at : {};
}

/** A member that the sender wrote, not one that every object has. */
export function own(value: Foreign, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Text that PostgreSQL takes: no NUL, no half of a surrogate pair. Null when it is no text, or an empty one. */
export function readText(value: unknown, limit = Infinity): string | null {
  if (typeof value !== 'string') return null;
  const text = value.length > limit ? value.slice(0, limit) : value;
  const clean = /[\p{Surrogate}\u{0}]/u.test(text) ? Buffer.from(text).toString().replaceAll('\0', '') : text;
  return clean === '' ? null : clean;
}

/** A number of at least 0, also when written as text. */
export function readAmount(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : null;
}

/** ISO 8601, or the clock in milliseconds or seconds. Years that no carrier means are none. */
export function readTime(value: unknown): Date | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const number = typeof value === 'number' ? value : /^\d{9,13}$/.test(value) ? Number(value) : null;
  const date = new Date(number === null ? value : number < 1e11 ? number * 1000 : number);
  const year = date.getUTCFullYear();
  return year >= 2000 && year < 2100 ? date : null;
}
