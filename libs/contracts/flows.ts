import type { FieldError } from './errors.js';
import { fold } from './folding.js';

/**
 * A guided flow (ガイド付きフロー): a form that a bot goes through with a customer, one question at a time. Plain data; whoever
 * plays it, in the console or in its preview, calls `playFlow`.
 */
export interface FlowDocument {
  /** Of its texts, and of what the player says by itself. */
  language: 'ja' | 'en';
  /** Words with which it begins, compared without regard to case, width and kana; empty: any words begin it, once for a contact. */
  starts: string[];
  /** Stands before the first question. */
  greeting: string | null;
  /** In order. A choice may jump forward, never back: so every way through has an end. */
  steps: FlowStep[];
  /** Shows the answers at the end, and lets the customer correct them. */
  confirm: boolean;
  end: FlowEnd;
  /** Said when the customer stops (やめる). */
  stopped: string;
}

export type FlowStep = FlowQuestion & {
  /** Lower case letters, digits and `-`; unique in its flow. */
  id: string;
  /** What it is called in the confirmation and on the agent's screen. */
  label: string;
  ask: string;
  /** Said when an answer does not fit; the question follows. */
  wrong: string;
  /** Offers 「なし」: it may stay without an answer. */
  optional: boolean;
};

export type FlowQuestion =
  | { kind: 'text'; most: number }
  | { kind: 'choice'; choices: FlowChoice[] }
  | { kind: 'number'; least: number | null; most: number | null; whole: boolean }
  | { kind: 'date'; span: FlowSpan }
  | { kind: 'phone' }
  /**
   * Something with a form of its own, e.g. an order number. `A` stands for a letter, `9` for a digit, `*` for either; all else for itself.
   * Blanks, hyphens, width and case of an answer do not matter.
   */
  | { kind: 'code'; forms: string[] };

export type FlowQuestionKind = FlowQuestion['kind'];

/** Which dates are meant: any, until today, from today on. */
export type FlowSpan = 'any' | 'past' | 'future';

export interface FlowChoice {
  label: string;
  /** The id of a later step, or `end`; left out: the next one. */
  next?: string;
}

export type FlowEnd =
  /** To a person, with the answers. */
  | { do: 'handOff'; summary: string; queueId: string | null }
  /** Says something; the answers stay in the record of the turn. */
  | { do: 'say'; text: string };

/** A flow as it is kept: each change is a new version, and a contact ends with the one it began with. */
export interface FlowView {
  botId: string;
  version: number;
  document: FlowDocument;
  by: string | null;
  at: string;
}

export interface FlowVersion {
  version: number;
  steps: number;
  by: string | null;
  at: string;
}

export interface SaveFlowBody {
  document: FlowDocument;
  /** The version that was read: 409 when somebody else has made another one since. */
  version: number;
}

export const flowLimits = {
  steps: 15,
  starts: 20,
  start: 40,
  /** Two chips are the ways out, one may be 「なし」. */
  choices: 8,
  choice: 25,
  id: 30,
  label: 20,
  text: 1000,
  answer: 500,
  forms: 3,
  form: 30,
  /** Wrong answers to one question, and corrections of one form; then a person takes over. */
  tries: 3,
} as const;

/** The ways out, which stand beside every question, and what stays without an answer. */
const reserved = ['やめる', 'オペレーター', 'なし', 'stop', 'operator', 'none'].map((word) => fold(word));

const idForm = /^[a-z0-9][a-z0-9-]*$/;

/** Each with the path of its field and its limit; empty when the flow can be played. */
export function flowFaults(flow: FlowDocument): FieldError[] {
  const faults: FieldError[] = [];
  const say = (field: string, rule: string, message: string, numbers: { limit?: number; actual?: number } = {}): void =>
    void faults.push({ field, rule, message, ...numbers });
  const text = (field: string, value: string, limit: number, required = true): void => {
    const actual = value.length;
    if (required && value.trim() === '') say(field, 'required', 'It is empty.');
    else if (actual > limit)
      say(field, 'tooLong', `It has ${actual} characters; ${limit} are allowed.`, { limit, actual });
  };
  const count = (field: string, actual: number, least: number, most: number): void => {
    if (actual < least)
      say(field, 'tooFew', `There are ${actual}; at least ${least} are needed.`, { limit: least, actual });
    if (actual > most) say(field, 'tooMany', `There are ${actual}; ${most} are allowed.`, { limit: most, actual });
  };

  count('starts', flow.starts.length, 0, flowLimits.starts);
  flow.starts.forEach((word, at) => text(`starts.${at}`, word, flowLimits.start));
  if (flow.greeting !== null) text('greeting', flow.greeting, flowLimits.text);
  text('stopped', flow.stopped, flowLimits.text);
  if (flow.end.do === 'say') text('end.text', flow.end.text, flowLimits.text);
  else text('end.summary', flow.end.summary, 200);
  count('steps', flow.steps.length, 1, flowLimits.steps);

  const ids = flow.steps.map(({ id }) => id);
  flow.steps.forEach((step, at) => {
    const field = `steps.${at}`;
    text(`${field}.id`, step.id, flowLimits.id);
    if (step.id !== '' && (!idForm.test(step.id) || step.id === 'end'))
      say(`${field}.id`, 'isId', 'An id has lower case letters, digits and hyphens, and is not “end”.');
    if (ids.indexOf(step.id) < at) say(`${field}.id`, 'taken', 'An earlier step has this id.');
    text(`${field}.label`, step.label, flowLimits.label);
    if (flow.steps.findIndex(({ label }) => fold(label) === fold(step.label)) < at)
      say(`${field}.label`, 'taken', 'An earlier step is called the same.');
    text(`${field}.ask`, step.ask, flowLimits.text);
    text(`${field}.wrong`, step.wrong, flowLimits.text);
    switch (step.kind) {
      case 'text':
        if (!Number.isInteger(step.most) || step.most < 1 || step.most > flowLimits.answer)
          say(`${field}.most`, 'range', `From 1 to ${flowLimits.answer} characters.`, {
            limit: flowLimits.answer,
            actual: step.most,
          });
        break;
      case 'choice':
        count(`${field}.choices`, step.choices.length, 2, flowLimits.choices);
        step.choices.forEach(({ label, next }, place) => {
          text(`${field}.choices.${place}.label`, label, flowLimits.choice);
          if (reserved.includes(fold(label.trim())))
            say(`${field}.choices.${place}.label`, 'reserved', 'This word is a way out, or stands for no answer.');
          if (step.choices.findIndex((other) => fold(other.label) === fold(label)) < place)
            say(`${field}.choices.${place}.label`, 'taken', 'Another choice is called the same.');
          if (next !== undefined && next !== 'end' && ids.indexOf(next) <= at)
            say(`${field}.choices.${place}.next`, 'notLater', 'It does not lead to a later step.');
        });
        break;
      case 'number':
        for (const side of ['least', 'most'] as const)
          if (step[side] !== null && !Number.isFinite(step[side]))
            say(`${field}.${side}`, 'notANumber', 'It is no number.');
        if (step.least !== null && step.most !== null && step.least > step.most)
          say(`${field}.most`, 'range', `It is below ${step.least}.`, { limit: step.least, actual: step.most });
        break;
      case 'code':
        count(`${field}.forms`, step.forms.length, 1, flowLimits.forms);
        step.forms.forEach((form, place) => {
          text(`${field}.forms.${place}`, form, flowLimits.form);
          if (form !== '' && !/[A9*]/.test(form))
            say(`${field}.forms.${place}`, 'noPlace', 'It needs at least one A, 9 or * for what differs.');
        });
        break;
      case 'date':
      case 'phone':
        break;
    }
  });
  return faults;
}
