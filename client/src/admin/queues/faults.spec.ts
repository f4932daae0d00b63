import { describe, expect, it } from 'vitest';
import type { QueueRules } from '#libs/contracts/index.js';
import { faultsOf } from './faults.js';
import { plainQueue as plain } from './rules.fixture.js';

const week: NonNullable<QueueRules['hours']>['week'] = [[], [], [], [], [], [], []];
const hours = (change: Partial<NonNullable<QueueRules['hours']>>): Partial<QueueRules> => ({
  hours: { week, holidays: 'asUsual', exceptions: [], ...change },
});

describe('the faults of a queue', () => {
  it('are none as long as nobody has touched it', () => expect(faultsOf(plain)).toEqual([]));

  it.each<[Partial<QueueRules>, string, string]>([
    [{ name: '　' }, 'name', 'required'],
    [{ name: 'あ'.repeat(61) }, 'name', 'maxLength'],
    [{ offerSeconds: 4 }, 'offerSeconds', 'range'],
    [{ offerSeconds: Number.NaN }, 'offerSeconds', 'range'],
    [{ members: [{ agentId: '1', rank: 0, delaySeconds: 0 }] }, 'members.0.rank', 'range'],
    [
      {
        skillSteps: [
          { afterSeconds: 0, need: [] },
          { afterSeconds: 0, need: [] },
        ],
      },
      'skillSteps.1.afterSeconds',
      'range',
    ],
    [{ dispositionRequired: true }, 'dispositionRequired', 'needsDispositions'],
    [{ dispositions: [{ id: 'a', name: '', active: true }] }, 'dispositions.0.name', 'required'],
    [{ whenFull: 'overflow' }, 'whenFull', 'needsOverflow'],
    [{ inactivity: { closeAfterSeconds: 600, warnSeconds: 600, text: null } }, 'inactivity.warnSeconds', 'range'],
    [{ texts: { ...plain.texts, queued: '' } }, 'texts.queued', 'required'],
    [hours({ holidays: [{ from: '9', to: '18:00' }] }), 'hours.holidays.0.from', 'isTime'],
    [
      hours({
        exceptions: [
          { date: '2026-12-31', name: '', spans: [] },
          { date: '2026-12-31', name: '', spans: [] },
        ],
      }),
      'hours.exceptions.1.date',
      'arrayUnique',
    ],
    [
      hours({
        exceptions: [
          {
            date: '2026-12-31',
            name: '',
            spans: [
              { from: '09:00', to: '12:00' },
              { from: '11:00', to: '13:00' },
            ],
          },
        ],
      }),
      'hours.exceptions.0.spans',
      'overlap',
    ],
  ])('%o', (change, field, rule) => expect(faultsOf({ ...plain, ...change })).toMatchObject([{ field, rule }]));

  it('let a span run past midnight', () => {
    const night = [{ from: '22:00', to: '02:00' }];
    expect(faultsOf({ ...plain, ...hours({ holidays: night }) })).toEqual([]);
  });
});
