import { queueLimits, type FieldError, type HoursSpan, type QueueRules } from '#libs/contracts/index.js';

/** What decorators cannot say: whether the parts of a queue's rules fit together. Each fault names its field and limit. */
export function faultsOf(rules: QueueRules): FieldError[] {
  return [
    ...twice(
      'members',
      rules.members.map(({ agentId }) => agentId),
    ),
    ...twice('accountIds', rules.accountIds),
    ...twice(
      'dispositions',
      rules.dispositions.map(({ id }) => id),
    ),
    ...stepFaults(rules),
    ...hourFaults(rules),
    ...(rules.whenFull === 'overflow' && rules.overflow === null
      ? [fault('whenFull', 'needsOverflow', 'There is no queue to overflow to.')]
      : []),
    ...(rules.inactivity && rules.inactivity.warnSeconds >= rules.inactivity.closeAfterSeconds
      ? [
          {
            ...fault('inactivity.warnSeconds', 'max', 'The warning must come after the last word and before the end.'),
            limit: rules.inactivity.closeAfterSeconds - 1,
            actual: rules.inactivity.warnSeconds,
          },
        ]
      : []),
    ...(rules.dispositionRequired && !rules.dispositions.some(({ active }) => active)
      ? [fault('dispositionRequired', 'needsDispositions', 'There is no disposition to choose from.')]
      : []),
  ];
}

function stepFaults({ skillSteps }: QueueRules): FieldError[] {
  return skillSteps.flatMap(({ afterSeconds, need }, index) => {
    const field = `skillSteps.${index}`;
    const before = skillSteps[index - 1];
    const order =
      before === undefined
        ? afterSeconds === 0
          ? []
          : [
              {
                ...fault(`${field}.afterSeconds`, 'max', 'The first step begins at once.'),
                limit: 0,
                actual: afterSeconds,
              },
            ]
        : afterSeconds > before.afterSeconds
          ? []
          : [
              {
                ...fault(`${field}.afterSeconds`, 'min', 'Each step begins after the one before it.'),
                limit: before.afterSeconds + 1,
                actual: afterSeconds,
              },
            ];
    return [
      ...order,
      ...twice(
        `${field}.need`,
        need.map(({ skillId }) => skillId),
      ),
    ];
  });
}

function hourFaults({ hours }: QueueRules): FieldError[] {
  if (hours === null) return [];
  const week: unknown[] = hours.week;
  const { holidays } = hours as { holidays: unknown };
  return [
    ...(week.length === 7
      ? []
      : [{ ...fault('hours.week', 'length', 'A week has seven days.'), limit: 7, actual: week.length }]),
    ...week.flatMap((day, index) => dayFaults(`hours.week.${index}`, day)),
    ...(holidays === 'asUsual' ? [] : dayFaults('hours.holidays', holidays)),
    ...twice(
      'hours.exceptions',
      hours.exceptions.map(({ date }) => date),
    ),
    ...hours.exceptions.flatMap(({ date, spans }, index) => [
      ...(isDate(date) ? [] : [fault(`hours.exceptions.${index}.date`, 'isDate', 'There is no such day.')]),
      ...dayFaults(`hours.exceptions.${index}.spans`, spans),
    ]),
  ];
}

const begins = /^([01]\d|2[0-3]):[0-5]\d$/;
const ends = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

function dayFaults(field: string, day: unknown): FieldError[] {
  if (!Array.isArray(day)) return [fault(field, 'isArray', 'A day is a list of spans.')];
  const limit = queueLimits.spansPerDay;
  if (day.length > limit)
    return [{ ...fault(field, 'arrayMaxSize', `A day has ${limit} spans at most.`), limit, actual: day.length }];
  const faults = day.flatMap((span: unknown, index) => {
    const { from, to, ...rest } = (span ?? {}) as Partial<HoursSpan>;
    const own: FieldError[] = [];
    if (typeof from !== 'string' || !begins.test(from))
      own.push(fault(`${field}.${index}.from`, 'isTime', 'must be a time like 09:00'));
    if (typeof to !== 'string' || !ends.test(to))
      own.push(fault(`${field}.${index}.to`, 'isTime', 'must be a time like 18:00, 24:00 at most'));
    if (Object.keys(rest).length > 0)
      own.push(fault(`${field}.${index}`, 'whitelistValidation', 'has other members too'));
    return own;
  });
  if (faults.length > 0) return faults;
  const spans = (day as HoursSpan[]).map(({ from, to }) => ({ from, to: to <= from ? '48:00' : to }));
  const sorted = spans.sort((a, b) => a.from.localeCompare(b.from));
  return sorted.some(({ from }, index) => index > 0 && from < sorted[index - 1]!.to)
    ? [fault(field, 'overlap', 'Two spans of a day overlap.')]
    : [];
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}

function twice(field: string, values: readonly string[]): FieldError[] {
  const double = values.find((value, index) => values.indexOf(value) !== index);
  return double === undefined ? [] : [fault(field, 'arrayUnique', `${double} is named twice.`)];
}

function fault(field: string, rule: string, message: string): FieldError {
  return { field, rule, message };
}
