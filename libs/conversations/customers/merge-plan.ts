import type { MergedField } from '#libs/contracts/index.js';

export const personFields = ['name', 'kana', 'language'] as const;
export type PersonField = (typeof personFields)[number];

/** What of a customer belongs to the person. */
export interface Known {
  fields: Record<PersonField, string | null>;
  /** Attributes, by the id of the field. */
  values: Record<string, string>;
}

/** What was there before and what a merge wrote: enough to take it back. */
export interface MergeRecord {
  kept: { before: Known; after: Known };
  joined: { before: Known };
}

/** What the one who stays says, and where she says nothing, what the other one says. */
export function planMerge(kept: Known, joined: Known): { after: Known; shown: MergedField[] } {
  const fields = Object.fromEntries(
    personFields.map((field) => [field, kept.fields[field] ?? joined.fields[field]]),
  ) as Known['fields'];
  const values = { ...joined.values, ...kept.values };
  const shown = [
    ...personFields.map((field) => ({
      field,
      kept: kept.fields[field],
      joined: joined.fields[field],
      result: fields[field],
    })),
    ...Object.keys(values).map((field) => ({
      field,
      kept: kept.values[field] ?? null,
      joined: joined.values[field] ?? null,
      result: values[field]!,
    })),
  ];
  return { after: { fields, values }, shown };
}

/**
 * Both as they were. What somebody changed in between was meant for the person as she was shown: it stays with the one who
 * stayed, and the other one has what she had.
 */
export function planUnmerge(record: MergeRecord, now: Known): { kept: Known; joined: Known } {
  const { before, after } = record.kept;
  const fields = Object.fromEntries(
    personFields.map((field) => [
      field,
      now.fields[field] === after.fields[field] ? before.fields[field] : now.fields[field],
    ]),
  ) as Known['fields'];
  const values: Known['values'] = {};
  for (const id of new Set([...Object.keys(before.values), ...Object.keys(now.values)])) {
    const value = now.values[id] === after.values[id] ? before.values[id] : now.values[id];
    if (value !== undefined) values[id] = value;
  }
  return { kept: { fields, values }, joined: record.joined.before };
}
