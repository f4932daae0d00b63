import type { Schema } from '../../apps/console/api-schema.js';

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Where a value breaks its schema. Members that no schema names are faults too: the document would hide them. */
export function faultsAgainst(schemas: Record<string, Schema>, given: Schema, value: unknown, at = '$'): string[] {
  const reference = (given as { $ref?: string }).$ref;
  const schema = reference === undefined ? given : schemas[reference.split('/').pop()!]!;
  if (schema.anyOf) {
    const tries = schema.anyOf.map((one) => faultsAgainst(schemas, one as Schema, value, at));
    return tries.some((faults) => faults.length === 0) ? [] : tries.flat();
  }
  const is = typeOf(value);
  const types = [schema.type ?? is].flat();
  if (!types.includes(is) && !(types.includes('integer') && Number.isInteger(value))) {
    return [`${at} is ${is} and not ${types.join(' or ')}`];
  }
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of the words: ${String(value)}`];
  if (typeof value === 'string') {
    if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) return [`${at} has another form`];
    if (schema.format === 'date-time' && new Date(value).toISOString() !== value) return [`${at} is no time`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => faultsAgainst(schemas, schema.items as Schema, item, `${at}[${index}]`));
  }
  if (is !== 'object') return [];
  const members = value as Record<string, unknown>;
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  return [
    ...(schema.required ?? []).filter((name) => !(name in members)).map((name) => `${at}.${name} is missing`),
    ...Object.entries(members).flatMap(([name, member]) => {
      const known = properties[name];
      return known ? faultsAgainst(schemas, known, member, `${at}.${name}`) : [`${at}.${name} is not described`];
    }),
  ];
}
