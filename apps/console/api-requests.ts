import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { orNull, type Schema } from './api-schema.js';

export type Dto = new () => object;
type Rule = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Condition = (body: object, value: unknown) => boolean;

const inWords: Record<string, (limits: unknown[]) => Schema> = {
  isString: () => ({ type: 'string' }),
  isBoolean: () => ({ type: 'boolean' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isArray: () => ({ type: 'array' }),
  isObject: () => ({}),
  isDefined: () => ({}),
  isEmail: () => ({ type: 'string', format: 'email' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isUuid: () => ({ type: 'string', format: 'uuid' }),
  isIso8601: () => ({ type: 'string', format: 'date-time' }),
  isIn: ([values]) => ({ type: 'string', enum: values as string[] }),
  isLength: ([least, most]) => ({ type: 'string', minLength: least as number, maxLength: most as number }),
  maxLength: ([most]) => ({ type: 'string', maxLength: most as number }),
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  min: ([least]) => ({ minimum: least as number }),
  max: ([most]) => ({ maximum: most as number }),
  arrayMaxSize: ([most]) => ({ type: 'array', maxItems: most as number }),
  arrayMinSize: ([least]) => ({ type: 'array', minItems: least as number }),
  wordGroup: ([most, length]) => ({
    type: 'array',
    maxItems: most as number,
    items: { type: 'string', maxLength: length as number },
  }),
  arrayUnique: () => ({ type: 'array', uniqueItems: true }),
};

/** What the validation pipe checks; empty for what it leaves alone. */
export function rulesOf(dto: unknown): Rule[] {
  return typeof dto === 'function' ? getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false) : [];
}

/**
 * The schema of a body or a query, read from what checks it, so that the two cannot differ.
 * @param nested is told of each DTO inside this one
 */
export function requestSchema(dto: Dto, nested: (dto: Dto) => void): Schema & { properties: Record<string, Schema> } {
  const all = rulesOf(dto);
  const members = [...new Set(all.map(({ propertyName }) => propertyName))].map((name) => {
    const rules = all.filter(({ propertyName }) => propertyName === name);
    return { name, rules, ...mayLack(name, rules) };
  });
  const first: Record<string, unknown> = { ...new dto() };
  const properties = members.map(({ name, rules, nullable }) => {
    const schema = memberSchema(dto, name, rules, nested);
    const preset = first[name] === undefined ? {} : { default: first[name] };
    return [name, { ...(nullable ? orNull(schema) : schema), ...preset }] as const;
  });
  const required = members.filter(({ optional }) => !optional).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** Conditions are functions; they are asked what they would do with a member that is left out, or null. */
function mayLack(name: string, rules: Rule[]): { optional: boolean; nullable: boolean } {
  const conditions = rules.filter(({ type }) => type === 'conditionalValidation');
  const skips = (body: Record<string, unknown>) =>
    conditions.some(({ constraints }) => !(constraints as Condition[])[0]!(body, body[name]));
  return { optional: skips({}), nullable: skips({ [name]: null }) };
}

function memberSchema(dto: Dto, name: string, rules: Rule[], nested: (dto: Dto) => void): Schema {
  let own: Schema = {};
  let each: Schema | undefined;
  for (const rule of rules) {
    if (rule.type === 'conditionalValidation') continue;
    const schema = rule.type === 'nestedValidation' ? inner(dto, rule, nested) : checked(rule);
    if (rule.each) each = { ...each, ...schema };
    else own = { ...own, ...schema };
  }
  return each ? { type: 'array', ...own, items: each } : own;
}

function checked({ name, constraints, propertyName }: Rule): Schema {
  const word = inWords[name ?? ''];
  if (!word) throw new Error(`The API's document has no word for the rule ${name} of ${propertyName}.`);
  return word(constraints ?? []);
}

/** `@Type` is asked by letting it make one. */
function inner(dto: Dto, { propertyName, each }: Rule, nested: (dto: Dto) => void): Schema {
  const made = plainToInstance(dto, { [propertyName]: each ? [{}] : {} }) as Record<string, object | object[]>;
  const value = made[propertyName]!;
  const type = (Array.isArray(value) ? value[0]! : value).constructor as Dto;
  nested(type);
  return { $ref: `#/components/schemas/${type.name}` } as Schema;
}
