import { queueLimits as limits, type FieldError, type HoursSpan, type QueueRules } from '#libs/contracts/index.js';

/** Of the server's shape, so that both are worded in one place. `most` and `least` are told together. */
export interface Fault extends Pick<FieldError, 'field' | 'rule'> {
  limit?: number;
  least?: number;
  most?: number;
}

interface Range {
  min: number;
  max: number;
}

/** What the server would refuse, told while it is typed. What only the server knows (names taken, circles) it tells itself. */
export function faultsOf(rules: QueueRules): Fault[] {
  const { boosts, serviceLevel, overflow, sticky, inactivity } = rules;
  return [
    ...(rules.name.trim() === '' ? [{ field: 'name', rule: 'required' }] : tooLong('name', rules.name, limits.name)),
    ...tooLong('description', rules.description, limits.description),
    ...rules.members.flatMap(({ rank, delaySeconds }, index) => [
      ...number(`members.${index}.rank`, rank, limits.rank),
      ...number(`members.${index}.delaySeconds`, delaySeconds, upTo(limits.delaySeconds)),
    ]),
    ...rules.skillSteps.flatMap(({ afterSeconds }, index): Fault[] => {
      const field = `skillSteps.${index}.afterSeconds`;
      const before = rules.skillSteps[index - 1]?.afterSeconds;
      return before === undefined
        ? []
        : number(field, afterSeconds, { min: before + 1, max: limits.overflowSeconds.max });
    }),
    ...Object.entries(boosts).flatMap(([name, seconds]) => number(`boosts.${name}`, seconds, limits.boostSeconds)),
    ...number('guardSeconds', rules.guardSeconds, limits.guardSeconds),
    ...number('weight', rules.weight, limits.weight),
    ...(sticky
      ? [
          ...number('sticky.days', sticky.days, limits.stickyDays),
          ...number('sticky.waitFullSeconds', sticky.waitFullSeconds, limits.stickyWaitSeconds),
          ...number('sticky.waitAbsentSeconds', sticky.waitAbsentSeconds, limits.stickyWaitSeconds),
        ]
      : []),
    ...number('offerSeconds', rules.offerSeconds, limits.offerSeconds),
    ...number('wrapUpSeconds', rules.wrapUpSeconds, limits.wrapUpSeconds),
    ...rules.dispositions.flatMap(({ name }, index): Fault[] => {
      const field = `dispositions.${index}.name`;
      return name.trim() === '' ? [{ field, rule: 'required' }] : tooLong(field, name, limits.dispositionName);
    }),
    ...(rules.dispositionRequired && !rules.dispositions.some(({ active }) => active)
      ? [{ field: 'dispositionRequired', rule: 'needsDispositions' }]
      : []),
    ...number('serviceLevel.percent', serviceLevel.percent, { min: 1, max: 100 }),
    ...number('serviceLevel.seconds', serviceLevel.seconds, limits.serviceSeconds),
    ...number('serviceLevel.shortAbandonSeconds', serviceLevel.shortAbandonSeconds, upTo(limits.serviceSeconds.max)),
    ...(rules.maxLength === null ? [] : number('maxLength', rules.maxLength, limits.maxLength)),
    ...(rules.whenFull === 'overflow' && overflow === null ? [{ field: 'whenFull', rule: 'needsOverflow' }] : []),
    ...(overflow
      ? [
          ...(overflow.queueId === '' ? [{ field: 'overflow.queueId', rule: 'required' }] : []),
          ...(overflow.afterSeconds === null
            ? []
            : number('overflow.afterSeconds', overflow.afterSeconds, limits.overflowSeconds)),
          ...(overflow.longerThan === null
            ? []
            : number('overflow.longerThan', overflow.longerThan, upTo(limits.maxLength.max))),
        ]
      : []),
    ...hourFaults(rules),
    ...Object.entries(rules.texts).flatMap(([name, text]) => textFaults(`texts.${name}`, text)),
    ...(inactivity
      ? [
          ...number('inactivity.closeAfterSeconds', inactivity.closeAfterSeconds, limits.inactivitySeconds),
          ...number('inactivity.warnSeconds', inactivity.warnSeconds, {
            min: limits.warnSeconds.min,
            max: Math.min(limits.warnSeconds.max, (inactivity.closeAfterSeconds || limits.warnSeconds.max) - 1),
          }),
          ...textFaults('inactivity.text', inactivity.text),
        ]
      : []),
  ];
}

function hourFaults({ hours }: QueueRules): Fault[] {
  if (hours === null) return [];
  const twice = (date: string, index: number) => hours.exceptions.findIndex((each) => each.date === date) < index;
  return [
    ...hours.week.flatMap((spans, day) => spanFaults(`hours.week.${day}`, spans)),
    ...(hours.holidays === 'asUsual' ? [] : spanFaults('hours.holidays', hours.holidays)),
    ...hours.exceptions.flatMap(({ date, spans }, index): Fault[] => [
      ...(date === '' ? [{ field: `hours.exceptions.${index}.date`, rule: 'required' }] : []),
      ...(date !== '' && twice(date, index) ? [{ field: `hours.exceptions.${index}.date`, rule: 'arrayUnique' }] : []),
      ...spanFaults(`hours.exceptions.${index}.spans`, spans),
    ]),
  ];
}

const begins = /^([01]\d|2[0-3]):[0-5]\d$/;
const ends = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

function spanFaults(field: string, spans: readonly HoursSpan[]): Fault[] {
  const faults = spans.flatMap(({ from, to }, index) => [
    ...(begins.test(from) ? [] : [{ field: `${field}.${index}.from`, rule: 'isTime' }]),
    ...(ends.test(to) ? [] : [{ field: `${field}.${index}.to`, rule: 'isTime' }]),
  ]);
  if (faults.length > 0) return faults;
  const sorted = spans
    .map(({ from, to }) => ({ from, to: to <= from ? '48:00' : to }))
    .sort((a, b) => a.from.localeCompare(b.from));
  return sorted.some(({ from }, index) => index > 0 && from < (sorted[index - 1]?.to ?? ''))
    ? [{ field, rule: 'overlap' }]
    : [];
}

function number(field: string, value: number, { min, max }: Range): Fault[] {
  const fits = Number.isInteger(value) && value >= min && value <= max;
  return fits ? [] : [{ field, rule: 'range', least: min, most: max }];
}

function tooLong(field: string, text: string, limit: number): Fault[] {
  return text.length > limit ? [{ field, rule: 'maxLength', limit }] : [];
}

/** null: it is switched off. */
function textFaults(field: string, text: string | null): Fault[] {
  if (text === null) return [];
  return text.trim() === '' ? [{ field, rule: 'required' }] : tooLong(field, text, limits.text);
}

function upTo(max: number): Range {
  return { min: 0, max };
}
