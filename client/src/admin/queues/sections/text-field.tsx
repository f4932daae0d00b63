import { Button, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { queueLimits } from '#libs/contracts/index.js';
import { useFieldError } from '../editing.js';
import { Check } from '../fields.js';
import { filledText, sampleWords, unknownPlaceholders, type Placeholder } from '../text-preview.js';
import styles from './sections.module.css';

interface Props {
  field: string;
  label: string;
  /** null: nothing is sent. */
  value: string | null;
  placeholders: readonly Placeholder[];
  /** Why it would not be sent as the rules stand. */
  unused?: string | undefined;
  onChange: (value: string | null) => void;
}

/** A text that is sent by itself: off or on, with what may be put in, and how the customer reads it. */
export function TextField({ field, label, value, placeholders, unused, onChange }: Props) {
  const { t } = useTranslation();
  const error = useFieldError()(field);
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: Placeholder) => {
    const element = area.current;
    if (element === null || value === null) return;
    const [from, to] = [element.selectionStart, element.selectionEnd];
    onChange(`${value.slice(0, from)}{${name}}${value.slice(to)}`);
    element.focus();
  };
  const unknown = unknownPlaceholders(value ?? '');
  return (
    <div className={styles.text}>
      <Check
        label={label}
        checked={value !== null}
        onChange={(on) => onChange(on ? '' : null)}
        {...(unused !== undefined && value !== null ? { hint: unused } : {})}
        testId={`send-${field}`}
      />
      {value !== null && (
        <div className={styles.write}>
          <div>
            <Textarea
              ref={area}
              aria-label={label}
              autosize
              minRows={3}
              maxRows={8}
              value={value}
              onChange={(event) => onChange(event.currentTarget.value)}
              error={error}
              data-testid={`field-${field}`}
            />
            <div className={styles.inserts}>
              {placeholders.map((name) => (
                <Button
                  key={name}
                  size="compact-xs"
                  variant="default"
                  aria-label={t('queues.texts.insertOf', { name: t(`queues.placeholder.${name}`) })}
                  onClick={() => insert(name)}
                  data-testid={`insert-${name}`}
                >
                  {`{${name}} ${t(`queues.placeholder.${name}`)}`}
                </Button>
              ))}
              <span className={styles.room} data-over={value.length > queueLimits.text || undefined}>
                {`${value.length}/${queueLimits.text}`}
              </span>
            </div>
            {unknown.length > 0 && (
              <p className={styles.warning}>
                {t('queues.texts.unknown', { names: unknown.map((name) => `{${name}}`).join(' ') })}
              </p>
            )}
          </div>
          <Preview text={value} placeholders={placeholders} />
        </div>
      )}
    </div>
  );
}

function Preview({ text, placeholders }: { text: string; placeholders: readonly Placeholder[] }) {
  const { t } = useTranslation();
  const none = { wait: null, opens: null };
  const known = { ...none, ...Object.fromEntries(placeholders.map((name) => [name, sampleWords[name]])) };
  const depends = placeholders.some((name) => text.includes(`{${name}}`));
  return (
    <div className={styles.preview} data-testid="text-preview">
      <h5>{t('queues.texts.preview')}</h5>
      <Bubble text={filledText(text, known)} />
      {depends && (
        <>
          <h5>{t('queues.texts.previewWithout')}</h5>
          <Bubble text={filledText(text, none)} />
        </>
      )}
    </div>
  );
}

function Bubble({ text }: { text: string | null }) {
  const { t } = useTranslation();
  if (text === null) return <p className={styles.nothing}>{t('queues.texts.nothing')}</p>;
  return (
    <p className={styles.bubble} lang="ja">
      {text}
    </p>
  );
}
