import {
  botLimits as limits,
  measureText,
  suggestionLimits,
  textLimits,
  type BotAnswer,
  type BotIdea,
  type BotStep,
  type FieldError,
  type HandOffReason,
  type Suggestion,
} from '#libs/contracts/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';

type Foreign = Record<string, unknown>;

const id = /^[1-9]\d{0,17}$/;
/** The console says the others itself. */
const reasons: readonly HandOffReason[] = ['asked', 'unsure', 'done', 'rule'];
const SKILLS = 10;
const storable = /^(?:[^\0\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])*$/;

/**
 * What a bot gave, held to the contract: nothing of it is believed, and what was not asked for is left out.
 * @throws 400 naming each field and its limit
 */
export function checkedAnswer(given: unknown): BotAnswer {
  const check = new Check();
  const answer = check.answer(given);
  if (check.faults.length > 0) throw invalid(check.faults);
  return answer;
}

/** Those that an agent could send as they are. */
export function usableIdeas(given: unknown): BotIdea[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((each: unknown) => {
    const check = new Check();
    const idea = check.idea(each);
    return check.faults.length === 0 ? [idea] : [];
  });
}

class Check {
  readonly faults: FieldError[] = [];

  answer(given: unknown): BotAnswer {
    const { steps, state, remarks } = this.object(given, 'answer');
    if (!Array.isArray(steps)) {
      this.fault('steps', 'isArray', 'must be a list');
      return { steps: [] };
    }
    this.most('steps', steps.length, limits.steps, 'steps');
    const read = steps.slice(0, limits.steps).flatMap((step: unknown, at) => this.step(step, `steps.${at}`) ?? []);
    for (const [at, step] of read.entries()) {
      if (step.do === 'handOff' && at < read.length - 1)
        this.fault(`steps.${at + 1}`, 'last', 'stands behind a hand-off');
      if (step.do === 'pass' && read.length > 1) this.fault(`steps.${at}`, 'alone', 'a pass stands alone');
    }
    this.json('state', state, limits.stateBytes);
    this.json('remarks', remarks, limits.remarksBytes);
    if (remarks !== undefined && remarks !== null && !isObject(remarks))
      this.fault('remarks', 'isObject', 'must be an object');
    return {
      steps: read,
      ...(state === undefined ? {} : { state }),
      ...(isObject(remarks) ? { remarks } : {}),
    };
  }

  idea(given: unknown): BotIdea {
    const { text, suggestions, source } = this.object(given, 'idea');
    const chips = this.suggestions(suggestions, 'suggestions');
    return {
      text: this.said(text, 'text'),
      ...(chips.length > 0 ? { suggestions: chips } : {}),
      ...(typeof source === 'string' && source !== '' ? { source: source.slice(0, 200) } : {}),
    };
  }

  private step(given: unknown, field: string): BotStep | null {
    const step = this.object(given, field);
    switch (step['do']) {
      case 'say': {
        const suggestions = this.suggestions(step['suggestions'], `${field}.suggestions`);
        return {
          do: 'say',
          text: this.said(step['text'], `${field}.text`),
          ...(suggestions.length > 0 ? { suggestions } : {}),
        };
      }
      case 'ask': {
        const suggestions = this.suggestions(step['suggestions'], `${field}.suggestions`);
        return { do: 'ask', text: this.said(step['text'], `${field}.text`), suggestions };
      }
      case 'handOff':
        return this.handOff(step, field);
      case 'pass':
        return { do: 'pass' };
      default:
        this.fault(`${field}.do`, 'isIn', 'must be say, ask, handOff or pass');
        return null;
    }
  }

  private handOff(step: Foreign, field: string): BotStep {
    const { reason, summary, fields, queueId, skillIds } = step;
    if (!reasons.includes(reason as HandOffReason))
      this.fault(`${field}.reason`, 'isIn', `must be ${reasons.join(', ')}`);
    const known = Array.isArray(fields) ? fields : [];
    if (fields !== undefined && fields !== null && !Array.isArray(fields))
      this.fault(`${field}.fields`, 'isArray', 'must be a list');
    this.most(`${field}.fields`, known.length, limits.fields, 'fields');
    const skills = Array.isArray(skillIds) ? skillIds : [];
    this.most(`${field}.skillIds`, skills.length, SKILLS, 'skills');
    if (skills.some((skill) => typeof skill !== 'string' || !id.test(skill)))
      this.fault(`${field}.skillIds`, 'isId', 'must be ids');
    const hasQueue = queueId !== undefined && queueId !== null;
    if (hasQueue && (typeof queueId !== 'string' || !id.test(queueId)))
      this.fault(`${field}.queueId`, 'isId', 'must be an id');
    const words = this.short(summary, `${field}.summary`, limits.summary);
    return {
      do: 'handOff',
      reason: reason as HandOffReason,
      ...(words === null ? {} : { summary: words }),
      fields: known.slice(0, limits.fields).map((each: unknown, at) => {
        const { label, value } = this.object(each, `${field}.fields.${at}`);
        return {
          label: this.short(label, `${field}.fields.${at}.label`, limits.fieldLabel) ?? '',
          value: this.short(value, `${field}.fields.${at}.value`, limits.fieldValue) ?? '',
        };
      }),
      ...(hasQueue ? { queueId: String(queueId) } : {}),
      skillIds: skills.map(String),
    };
  }

  private suggestions(given: unknown, field: string): Suggestion[] {
    if (given === undefined || given === null) return [];
    if (!Array.isArray(given)) {
      this.fault(field, 'isArray', 'must be a list');
      return [];
    }
    this.most(field, given.length, suggestionLimits.count, 'suggestions');
    return given
      .slice(0, suggestionLimits.count)
      .flatMap((each: unknown, at) => this.suggestion(each, `${field}.${at}`) ?? []);
  }

  private suggestion(given: unknown, field: string): Suggestion | null {
    const { kind, label, payload, url, phone } = this.object(given, field);
    const face = {
      label: this.needed(label, `${field}.label`, suggestionLimits.label),
      payload: this.needed(payload, `${field}.payload`, suggestionLimits.payload),
    };
    if (kind === 'reply') return { kind, ...face };
    if (kind === 'url') {
      const address = this.needed(url, `${field}.url`, suggestionLimits.url);
      if (!/^https?:\/\/[^/?#@\s]+\.[^/?#@\s]{2,}/i.test(address))
        this.fault(`${field}.url`, 'isUrl', 'must be a web address');
      return { kind, ...face, url: address };
    }
    if (kind === 'dial') {
      const number = this.needed(phone, `${field}.phone`, 20);
      if (!/^\+[1-9]\d{6,14}$/.test(number)) this.fault(`${field}.phone`, 'isPhone', 'must be a number in E.164');
      return { kind, ...face, phone: number };
    }
    this.fault(`${field}.kind`, 'isIn', 'must be reply, url or dial');
    return null;
  }

  /** As for people: both limits of the carrier at once. */
  private said(given: unknown, field: string): string {
    const text = this.text(given, field);
    if (text.trim() === '') this.fault(field, 'required', 'There is no text.');
    const { units, bytes } = measureText(text);
    this.most(field, units, textLimits.units, 'utf16');
    this.most(field, bytes, textLimits.bytes, 'bytes');
    return text;
  }

  private needed(given: unknown, field: string, limit: number): string {
    const text = this.short(given, field, limit);
    if (text === null || text === '') this.fault(field, 'required', 'must not be empty');
    return text ?? '';
  }

  private short(given: unknown, field: string, limit: number): string | null {
    if (given === undefined || given === null) return null;
    const text = this.text(given, field);
    this.most(field, text.length, limit, 'utf16');
    return text;
  }

  /** PostgreSQL stores no NUL, and half a surrogate pair is no character. */
  private text(given: unknown, field: string): string {
    if (typeof given !== 'string') {
      this.fault(field, 'isString', 'must be a text');
      return '';
    }
    if (!storable.test(given)) this.fault(field, 'storable', 'must not contain NUL or half a surrogate pair');
    return given;
  }

  private json(field: string, value: unknown, limit: number): void {
    if (value === undefined) return;
    let text: string | undefined;
    try {
      text = JSON.stringify(value);
    } catch {
      text = undefined;
    }
    if (text === undefined) return this.fault(field, 'isJson', 'must be plain data');
    if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(text))
      this.fault(field, 'storable', 'must not contain NUL or half a surrogate pair');
    this.most(field, Buffer.byteLength(text), limit, 'bytes');
  }

  private object(given: unknown, field: string): Foreign {
    if (isObject(given)) return given;
    this.fault(field, 'isObject', 'must be an object');
    return {};
  }

  private most(field: string, actual: number, limit: number, unit: string): void {
    if (actual <= limit) return;
    this.faults.push({
      field,
      rule: 'tooLong',
      message: `has ${actual} ${unit}; ${limit} are allowed`,
      limit,
      actual,
      unit,
    });
  }

  private fault(field: string, rule: string, message: string): void {
    this.faults.push({ field, rule, message });
  }
}

function isObject(value: unknown): value is Foreign {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
