import {
  flowFaults,
  type FieldError,
  type FlowDocument,
  type FlowQuestion,
  type FlowQuestionKind,
  type FlowStep,
} from '#libs/contracts/index.js';

/** What an editor fills in by itself, in the language of whoever edits. */
export interface UsualWords {
  starts: string;
  stopped: string;
  summary: string;
  wrongChoice: string;
  one: string;
  two: string;
  kind: (kind: FlowQuestionKind) => string;
  ask: (label: string) => string;
  wrong: (label: string) => string;
}

export const questionKinds = ['text', 'choice', 'number', 'date', 'phone', 'code'] as const;

export function newFlow(language: 'ja' | 'en', words: UsualWords): FlowDocument {
  return {
    language,
    starts: [words.starts],
    greeting: null,
    steps: [],
    confirm: true,
    end: { do: 'handOff', summary: words.summary, queueId: null },
    stopped: words.stopped,
  };
}

export function withStep(flow: FlowDocument, kind: FlowQuestionKind, words: UsualWords): FlowDocument {
  const taken = new Set(flow.steps.map(({ id }) => id));
  let number = flow.steps.length + 1;
  while (taken.has(`q${number}`)) number += 1;
  const labels = new Set(flow.steps.map(({ label }) => label));
  let label = words.kind(kind);
  for (let again = 2; labels.has(label); again += 1) label = `${words.kind(kind)} ${again}`;
  const step: FlowStep = {
    id: `q${number}`,
    label,
    ask: words.ask(label),
    wrong: kind === 'choice' ? words.wrongChoice : words.wrong(label),
    optional: false,
    ...questionOf(kind, words),
  };
  return { ...flow, steps: [...flow.steps, step] };
}

function questionOf(kind: FlowQuestionKind, { one, two }: UsualWords): FlowQuestion {
  switch (kind) {
    case 'text':
      return { kind, most: 200 };
    case 'choice':
      return { kind, choices: [{ label: one }, { label: two }] };
    case 'number':
      return { kind, least: 1, most: null, whole: true };
    case 'date':
      return { kind, span: 'any' };
    case 'phone':
      return { kind };
    case 'code':
      return { kind, forms: ['AA-999999'] };
  }
}

/** A jump that would lead back after the move goes to the next question instead. */
export function movedStep(flow: FlowDocument, from: number, to: number): FlowDocument {
  if (to < 0 || to >= flow.steps.length || from === to) return flow;
  const steps = [...flow.steps];
  steps.splice(to, 0, ...steps.splice(from, 1));
  return { ...flow, steps: withoutWaysBack(steps) };
}

export function withoutStep(flow: FlowDocument, at: number): FlowDocument {
  return { ...flow, steps: withoutWaysBack(flow.steps.filter((_, place) => place !== at)) };
}

function withoutWaysBack(steps: FlowStep[]): FlowStep[] {
  const places = new Map(steps.map(({ id }, place) => [id, place]));
  return steps.map((step, place) =>
    step.kind !== 'choice'
      ? step
      : {
          ...step,
          choices: step.choices.map(({ label, next }) =>
            next === undefined || next === 'end' || (places.get(next) ?? -1) > place
              ? { label, ...given(next) }
              : { label },
          ),
        },
  );
}

function given(next: string | undefined): { next?: string } {
  return next === undefined ? {} : { next };
}

/** Words one a line; blank lines are nothing, and what is being typed stays as it is. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** By the place of its step; -1: what stands before the steps, and after them. */
export function faultyPlaces(flow: FlowDocument): Map<number, number> {
  const places = new Map<number, number>();
  for (const { field } of flowFaults(flow)) {
    const place = Number(/^steps\.(\d+)/.exec(field)?.[1] ?? -1);
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  return places;
}

/** As the server names it, without the body's own name before it. */
export function plainFaults(fields: readonly FieldError[]): FieldError[] {
  return fields.map((fault) => ({ ...fault, field: fault.field.replace(/^document\./, '') }));
}
