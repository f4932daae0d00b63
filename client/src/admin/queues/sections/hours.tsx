import { Button, TextInput } from '@mantine/core';
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queueLimits, type HoursSpan, type QueueHours } from '#libs/contracts/index.js';
import { useEditing, useFieldError } from '../editing.js';
import { Block, Choices, FieldFault } from '../fields.js';
import { Spans } from './spans.js';
import styles from './sections.module.css';

const workday: HoursSpan[] = [{ from: '09:00', to: '18:00' }];
const usualHours: QueueHours = {
  week: [[], workday, workday, workday, workday, workday, []],
  holidays: [],
  exceptions: [],
};
/** As a week of work is read, while the rules count from Sunday. */
const days = [1, 2, 3, 4, 5, 6, 0] as const;

export function Hours() {
  const { t } = useTranslation();
  const { rules, set } = useEditing();
  const { hours } = rules;
  return (
    <>
      <Block title={t('queues.part.hours')}>
        <Choices
          quiet
          label={t('queues.part.hours')}
          value={hours === null ? 'always' : 'set'}
          onChange={(how) => set({ hours: how === 'always' ? null : usualHours })}
          choices={[
            { value: 'always', label: t('queues.hours.always') },
            { value: 'set', label: t('queues.hours.set'), hint: t('queues.hours.zone') },
          ]}
          testId="field-hours"
        />
      </Block>
      {hours && <Week hours={hours} />}
      {hours && <Holidays hours={hours} />}
      {hours && <Exceptions hours={hours} />}
      {hours && (
        <>
          <Block title={t('queues.hours.whenClosed')}>
            <Choices
              quiet
              label={t('queues.hours.whenClosed')}
              value={rules.whenClosed}
              onChange={(whenClosed) => set({ whenClosed })}
              choices={[
                { value: 'keep', label: t('queues.hours.closedKeep') },
                { value: 'refuse', label: t('queues.hours.closedRefuse') },
              ]}
            />
          </Block>
          <Block title={t('queues.hours.atClosing')}>
            <Choices
              quiet
              label={t('queues.hours.atClosing')}
              value={rules.atClosing}
              onChange={(atClosing) => set({ atClosing })}
              choices={[
                { value: 'serve', label: t('queues.hours.closingServe') },
                { value: 'close', label: t('queues.hours.closingClose') },
              ]}
            />
          </Block>
        </>
      )}
    </>
  );
}

function Week({ hours }: { hours: QueueHours }) {
  const { t } = useTranslation();
  const { set } = useEditing();
  const week = (change: (spans: HoursSpan[], day: number) => HoursSpan[]) =>
    set({ hours: { ...hours, week: hours.week.map(change) as QueueHours['week'] } });
  return (
    <Block title={t('queues.hours.week')}>
      <FieldFault field="hours.week" />
      <dl className={styles.week}>
        {days.map((day) => (
          <div key={day} data-testid={`day-${day}`}>
            <dt>
              <span className={styles.long}>{t(`queues.weekday.d${day}`)}</span>
              <span className={styles.short}>{t(`queues.weekdayShort.d${day}`)}</span>
            </dt>
            <dd>
              <Spans
                field={`hours.week.${day}`}
                day={t(`queues.weekday.d${day}`)}
                spans={hours.week[day]}
                onChange={(spans) => week((known, at) => (at === day ? spans : known))}
              />
            </dd>
          </div>
        ))}
      </dl>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={14} aria-hidden />}
        className={styles.act}
        onClick={() => week((known, at) => (at >= 2 && at <= 5 ? hours.week[1] : known))}
        data-testid="copy-monday"
      >
        {t('queues.hours.copy')}
      </Button>
    </Block>
  );
}

function Holidays({ hours }: { hours: QueueHours }) {
  const { t } = useTranslation();
  const { set } = useEditing();
  const { holidays } = hours;
  const how = holidays === 'asUsual' ? 'usual' : holidays.length === 0 ? 'closed' : 'own';
  const choose = (chosen: 'usual' | 'closed' | 'own') =>
    set({ hours: { ...hours, holidays: chosen === 'usual' ? 'asUsual' : chosen === 'closed' ? [] : workday } });
  return (
    <Block title={t('queues.hours.holidays')}>
      <Choices
        quiet
        label={t('queues.hours.holidays')}
        value={how}
        onChange={choose}
        choices={[
          { value: 'closed', label: t('queues.hours.holidaysClosed') },
          { value: 'usual', label: t('queues.hours.holidaysUsual') },
          { value: 'own', label: t('queues.hours.holidaysOwn') },
        ]}
        testId="field-holidays"
      />
      {holidays !== 'asUsual' && holidays.length > 0 && (
        <Spans
          field="hours.holidays"
          day={t('queues.hours.holidays')}
          spans={holidays}
          onChange={(spans) => set({ hours: { ...hours, holidays: spans } })}
        />
      )}
    </Block>
  );
}

function Exceptions({ hours }: { hours: QueueHours }) {
  const { t } = useTranslation();
  const { set } = useEditing();
  const error = useFieldError();
  const all = hours.exceptions;
  const put = (exceptions: QueueHours['exceptions']) => set({ hours: { ...hours, exceptions } });
  const change = (index: number, part: Partial<QueueHours['exceptions'][number]>) =>
    put(all.map((each, at) => (at === index ? { ...each, ...part } : each)));
  return (
    <Block title={t('queues.hours.exceptions')} hint={t('queues.hours.exceptionsHint')}>
      {all.length === 0 && <p className={styles.nothing}>{t('queues.hours.noExceptions')}</p>}
      <FieldFault field="hours.exceptions" />
      <ul className={styles.exceptions}>
        {all.map(({ date, name, spans }, index) => {
          const day = name.trim() === '' ? date : name;
          return (
            <li key={index} data-testid="exception">
              <TextInput
                type="date"
                label={t('queues.hours.date')}
                value={date}
                onChange={(event) => change(index, { date: event.currentTarget.value })}
                error={error(`hours.exceptions.${index}.date`)}
                data-testid={`field-hours.exceptions.${index}.date`}
              />
              <TextInput
                label={t('queues.hours.exceptionName')}
                autoComplete="off"
                maxLength={60}
                value={name}
                onChange={(event) => change(index, { name: event.currentTarget.value })}
              />
              <Spans
                field={`hours.exceptions.${index}.spans`}
                day={day}
                spans={spans}
                onChange={(value) => change(index, { spans: value })}
              />
              <button
                type="button"
                className={styles.icon}
                aria-label={t('queues.hours.removeException', { day })}
                onClick={() => put(all.filter((_, at) => at !== index))}
              >
                <IconX size={15} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      {all.length < queueLimits.exceptions && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          className={styles.act}
          onClick={() => put([...all, { date: '', name: '', spans: [] }])}
          data-testid="add-exception"
        >
          {t('queues.hours.addException')}
        </Button>
      )}
    </Block>
  );
}
