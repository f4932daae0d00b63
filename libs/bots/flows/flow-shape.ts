import type { FieldError, FlowChoice, FlowDocument, FlowEnd, FlowQuestion, FlowStep } from '#libs/contracts/index.js';
import { flowFaults } from '#libs/contracts/index.js';
import { isId } from '#libs/platform/access/index.js';
import { invalid } from '#libs/platform/telemetry/index.js';

type Members = Record<string, unknown>;

/**
 * What somebody sent, as a flow that can be played.
 * @throws `invalid` naming `document.…` and the limit
 */
export function checkedFlow(given: unknown): FlowDocument {
  const shape = new Shape();
  const document = shape.document(given);
  const faults = shape.faults.length > 0 ? shape.faults : flowFaults(document);
  if (faults.length > 0) throw invalid(faults.map((fault) => ({ ...fault, field: `document.${fault.field}` })));
  return document;
}

const stepMembers = 'id label ask wrong optional kind most least whole choices span forms'.split(' ');

/** Reads on past a fault, so that all are told at once; what it makes is used only when there is none. */
class Shape {
  readonly faults: FieldError[] = [];

  document(given: unknown): FlowDocument {
    const own = this.members('', given, ['language', 'starts', 'greeting', 'steps', 'confirm', 'end', 'stopped']);
    return {
      language: this.oneOf('language', own['language'], ['ja', 'en']),
      starts: this.list('starts', own['starts']).map((word, at) => this.text(`starts.${at}`, word).trim()),
      greeting: own['greeting'] == null ? null : this.text('greeting', own['greeting']),
      steps: this.list('steps', own['steps']).map((step, at) => this.step(`steps.${at}`, step)),
      confirm: this.yesOrNo('confirm', own['confirm']),
      end: this.end(own['end']),
      stopped: this.text('stopped', own['stopped']),
    };
  }

  private step(field: string, given: unknown): FlowStep {
    const own = this.members(field, given, stepMembers);
    return {
      id: this.text(`${field}.id`, own['id']),
      label: this.text(`${field}.label`, own['label']).trim(),
      ask: this.text(`${field}.ask`, own['ask']),
      wrong: this.text(`${field}.wrong`, own['wrong']),
      optional: this.yesOrNo(`${field}.optional`, own['optional']),
      ...this.question(field, own),
    };
  }

  private question(field: string, own: Members): FlowQuestion {
    const kinds = ['text', 'choice', 'number', 'date', 'phone', 'code'] as const;
    const kind = this.oneOf(`${field}.kind`, own['kind'], kinds);
    switch (kind) {
      case 'text':
        return { kind, most: this.number(`${field}.most`, own['most']) };
      case 'choice':
        return {
          kind,
          choices: this.list(`${field}.choices`, own['choices']).map((choice, at) =>
            this.choice(`${field}.choices.${at}`, choice),
          ),
        };
      case 'number':
        return {
          kind,
          least: own['least'] == null ? null : this.number(`${field}.least`, own['least']),
          most: own['most'] == null ? null : this.number(`${field}.most`, own['most']),
          whole: this.yesOrNo(`${field}.whole`, own['whole']),
        };
      case 'date':
        return { kind, span: this.oneOf(`${field}.span`, own['span'], ['any', 'past', 'future']) };
      case 'phone':
        return { kind };
      case 'code':
        return {
          kind,
          forms: this.list(`${field}.forms`, own['forms']).map((form, at) =>
            this.text(`${field}.forms.${at}`, form).trim(),
          ),
        };
    }
  }

  private choice(field: string, given: unknown): FlowChoice {
    const own = this.members(field, given, ['label', 'next']);
    const label = this.text(`${field}.label`, own['label']).trim();
    return own['next'] == null ? { label } : { label, next: this.text(`${field}.next`, own['next']) };
  }

  private end(given: unknown): FlowEnd {
    const own = this.members('end', given, ['do', 'summary', 'queueId', 'text']);
    if (this.oneOf('end.do', own['do'], ['handOff', 'say']) === 'say')
      return { do: 'say', text: this.text('end.text', own['text']) };
    const queueId = own['queueId'] ?? null;
    if (queueId !== null && !isId(queueId)) this.fault('end.queueId', 'isId', 'It must be an id, or null.');
    return { do: 'handOff', summary: this.text('end.summary', own['summary']), queueId: queueId as string | null };
  }

  private members(field: string, given: unknown, known: readonly string[]): Members {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      this.fault(field || 'steps', 'isObject', 'It must be an object.');
      return {};
    }
    for (const name of Object.keys(given))
      if (!known.includes(name))
        this.fault(field === '' ? name : `${field}.${name}`, 'unknown', 'There is no such member.');
    return given as Members;
  }

  private list(field: string, given: unknown): unknown[] {
    if (Array.isArray(given)) return given.slice(0, 100);
    this.fault(field, 'isArray', 'It must be a list.');
    return [];
  }

  private text(field: string, given: unknown): string {
    if (typeof given !== 'string') this.fault(field, 'isString', 'It must be a text.');
    else if (/[\0\uD800-\uDFFF]/u.test(given))
      this.fault(field, 'storable', 'It holds a character that cannot be stored.');
    else return given;
    return '';
  }

  private number(field: string, given: unknown): number {
    if (typeof given === 'number' && Number.isFinite(given)) return given;
    this.fault(field, 'notANumber', 'It must be a number.');
    return 0;
  }

  private yesOrNo(field: string, given: unknown): boolean {
    if (typeof given !== 'boolean') this.fault(field, 'isBoolean', 'It must be true or false.');
    return given === true;
  }

  private oneOf<T extends string>(field: string, given: unknown, known: readonly T[]): T {
    const found = known.find((each) => each === given);
    if (found === undefined) this.fault(field, 'isIn', `It must be one of ${known.join(', ')}.`);
    return found ?? known[0]!;
  }

  private fault(field: string, rule: string, message: string): void {
    this.faults.push({ field, rule, message });
  }
}
