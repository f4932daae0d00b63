import { Problem, type FieldProblem } from './problem.js';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a body field by field and gathers every fault, so that a caller hears of all of them at once. */
export class Fields {
  private readonly faults: FieldProblem[] = [];
  private readonly source: Json;

  constructor(
    source: unknown,
    private readonly path = '',
  ) {
    this.source = isObject(source) ? source : {};
    if (!isObject(source)) this.fault('', 'must be a JSON object');
  }

  fault(name: string, message: string): undefined {
    const field = [this.path, name].filter(Boolean).join('.') || 'body';
    this.faults.push({ field, message: `${field} ${message}` });
    return undefined;
  }

  has(name: string): boolean {
    return this.source[name] !== undefined && this.source[name] !== null;
  }

  raw(name: string): unknown {
    return this.source[name];
  }

  text(name: string, max = 4000): string | undefined {
    if (!this.has(name)) return undefined;
    const value = this.source[name];
    if (typeof value !== 'string') return this.fault(name, 'must be a string');
    if (value.length > max) return this.fault(name, `must have at most ${max} characters, has ${value.length}`);
    return value;
  }

  needText(name: string, max = 4000): string {
    const value = this.text(name, max);
    if (value === undefined && !this.has(name)) this.fault(name, 'is required');
    if (value === '') this.fault(name, 'must not be empty');
    return value ?? '';
  }

  flag(name: string): boolean | undefined {
    if (!this.has(name)) return undefined;
    const value = this.source[name];
    return typeof value === 'boolean' ? value : this.fault(name, 'must be true or false');
  }

  number(name: string, min: number, max: number): number | undefined {
    if (!this.has(name)) return undefined;
    const value = this.source[name];
    if (typeof value !== 'number' || !Number.isFinite(value) || value < min || value > max) {
      return this.fault(name, `must be a number from ${min} to ${max}`);
    }
    return value;
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    if (!this.has(name)) return undefined;
    const word = words.find((each) => each === this.source[name]);
    return word ?? this.fault(name, `must be one of ${words.join(', ')}`);
  }

  /** The faults of a nested object, told with its own path. */
  adopt(nested: Fields): void {
    this.faults.push(...nested.faults);
  }

  /** Throws when anything was wrong. */
  done(): void {
    const [first, ...more] = this.faults;
    if (!first) return;
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    throw new Problem(400, 'invalid', first.message + others, this.faults);
  }
}
