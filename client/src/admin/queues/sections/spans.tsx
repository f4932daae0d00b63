import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queueLimits, type HoursSpan } from '#libs/contracts/index.js';
import { FieldFault, TimeField } from '../fields.js';
import styles from './sections.module.css';

interface Props {
  field: string;
  /** Whose hours these are, for whoever cannot see the row. */
  day: string;
  spans: readonly HoursSpan[];
  onChange: (spans: HoursSpan[]) => void;
}

/** The times of one day. None: it is closed. */
export function Spans({ field, day, spans, onChange }: Props) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<HoursSpan>) =>
    onChange(spans.map((span, at) => (at === index ? { ...span, ...part } : span)));
  return (
    <div className={styles.spans}>
      {spans.length === 0 && <span className={styles.closed}>{t('queues.hours.closedDay')}</span>}
      {spans.map(({ from, to }, index) => (
        <span key={index} className={styles.span}>
          <TimeField
            field={`${field}.${index}.from`}
            label={t('queues.hours.from', { day })}
            value={from}
            isEnd={false}
            onChange={(value) => change(index, { from: value })}
          />
          <span aria-hidden>{'–'}</span>
          <TimeField
            field={`${field}.${index}.to`}
            label={t('queues.hours.to', { day })}
            value={to}
            isEnd
            onChange={(value) => change(index, { to: value })}
          />
          {to <= from && /^\d\d:\d\d$/.test(to) && <small className={styles.next}>{t('queues.hours.nextDay')}</small>}
          <button
            type="button"
            className={styles.icon}
            aria-label={t('queues.hours.remove', { day })}
            onClick={() => onChange(spans.filter((_, at) => at !== index))}
          >
            <IconX size={14} aria-hidden />
          </button>
        </span>
      ))}
      {spans.length < queueLimits.spansPerDay && (
        <button
          type="button"
          className={styles.plus}
          aria-label={t('queues.hours.addTo', { day })}
          onClick={() => onChange([...spans, nextSpan(spans.at(-1))])}
          data-testid={`add-span-${field}`}
        >
          <IconPlus size={14} aria-hidden />
          {spans.length === 0 && t('queues.hours.add')}
        </button>
      )}
      <FieldFault field={field} />
    </div>
  );
}

/** After a break of an hour, or a usual day. */
function nextSpan(last: HoursSpan | undefined): HoursSpan {
  const ends = last === undefined ? Number.NaN : Number(last.to.slice(0, 2));
  if (Number.isNaN(ends) || ends > 20) return { from: '09:00', to: '18:00' };
  const at = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  return { from: at(ends + 1), to: at(Math.min(24, ends + 4)) };
}
