import { fold, type CustomerField, type Locale } from '#libs/contracts/index.js';
import { formatDay } from '../time/format.js';

/** The value of an attribute that somebody wrote by its label or by its key; null where nothing is known. */
export function attributeOf(
  name: string,
  fields: readonly CustomerField[],
  values: Record<string, string>,
  locale: Locale,
): string | null {
  const wanted = fold(name);
  const field = fields.find(({ label }) => fold(label) === wanted) ?? fields.find(({ key }) => fold(key) === wanted);
  const value = field && values[field.id];
  if (!field || !value) return null;
  // A day is the same day everywhere.
  return field.kind === 'date' ? formatDay(Date.parse(`${value}T00:00:00Z`), locale, 'UTC') : value;
}
