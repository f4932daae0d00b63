import type { OpenAPIObject } from '@nestjs/swagger';

type Components = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. */
export type Schema = Exclude<Components[string], { $ref: string }>;

declare const form: unique symbol;
/** A schema that knows which type it describes; exactly that one, neither wider nor narrower. */
export type Described<T> = Schema & { readonly [form]?: (value: T) => T };
type OptionalMember<T> = { optional: Described<T> };
type Members<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? OptionalMember<Exclude<T[K], undefined>> : Described<T[K]>;
};

export const text: Described<string> = { type: 'string' };
export const id: Described<string> = { type: 'string', pattern: '^[1-9]\\d{0,17}$' };
export const time: Described<string> = { type: 'string', format: 'date-time' };
export const yesOrNo: Described<boolean> = { type: 'boolean' };
export const whole: Described<number> = { type: 'integer' };
export const fraction: Described<number> = { type: 'number' };

/** One of these words. A map, because a list could forget one. */
export function words<W extends string>(all: Record<W, true>): Described<W> {
  return { type: 'string', enum: Object.keys(all) };
}

export function listOf<T>(items: Described<T>): Described<T[]> {
  return { type: 'array', items };
}

export function orNull<T>(schema: Described<T>): Described<T | null> {
  const { type, enum: values } = schema as Schema;
  if (typeof type !== 'string') return { anyOf: [schema as Schema, { type: 'null' }] };
  return { ...(schema as Schema), type: [type, 'null'], ...(values ? { enum: [...values, null] } : {}) };
}

export function optional<T>(schema: Described<T>): OptionalMember<T> {
  return { optional: schema };
}

/** Exactly the members of the interface: one too many, one missing or one of another type does not compile. */
export function object<T extends object>(members: Members<T>): Described<T> {
  const entries = Object.entries<Schema | { optional: Schema }>(members as Record<string, Schema>);
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, member]) => [name, 'optional' in member ? member.optional : member]),
    ),
    required: entries.filter(([, member]) => !('optional' in member)).map(([name]) => name),
  };
}

export function anyOf<T extends unknown[]>(...members: { [I in keyof T]: Described<T[I]> }): Described<T[number]> {
  return { anyOf: members as Schema[] };
}
