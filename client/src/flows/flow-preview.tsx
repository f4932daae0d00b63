import { Button, TextInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowFaults, playFlow, type BotStep, type FlowDocument, type FlowState } from '#libs/contracts/index.js';
import styles from './flow-preview.module.css';

interface Line {
  from: 'customer' | 'bot';
  text: string;
}

interface Play {
  state: FlowState | null;
  lines: Line[];
  chips: string[];
  ended: 'handOff' | 'pass' | 'over' | null;
  fields: { label: string; value: string }[];
}

const fresh: Play = { state: null, lines: [], chips: [], ended: null, fields: [] };

/** The flow as a customer meets it, played by the same function that the console plays it with. */
export function FlowPreview({ flow }: { flow: FlowDocument }) {
  const { t } = useTranslation();
  const [play, setPlay] = useState(fresh);
  const [typed, setTyped] = useState('');
  const log = useRef<HTMLDivElement>(null);
  const playable = flowFaults(flow).length === 0;
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [play]);

  const say = (words: string) => {
    const text = words.trim();
    if (text === '' || !playable) return;
    setTyped('');
    setPlay((before) => told(before, text, flow));
  };
  const again = () => {
    setPlay(fresh);
    setTyped('');
  };
  const [first] = flow.starts;
  return (
    <section className={styles.preview} aria-label={t('flows.preview.title')} data-testid="flow-preview">
      <header>
        <h2>{t('flows.preview.title')}</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={again}
          disabled={play.lines.length === 0}
          data-testid="preview-again"
        >
          {t('flows.preview.again')}
        </Button>
      </header>
      <p className={styles.hint}>{playable ? t('flows.preview.hint') : t('flows.preview.faults')}</p>
      <div className={styles.screen}>
        <div
          className={styles.lines}
          ref={log}
          role="log"
          aria-label={t('flows.preview.log')}
          tabIndex={0}
          data-testid="preview-lines"
        >
          {play.lines.length === 0 && (
            <p className={styles.note}>
              {first === undefined ? t('flows.preview.beginsAny') : t('flows.preview.begins', { word: first })}
            </p>
          )}
          {play.lines.map(({ from, text }, place) => (
            <p key={place} className={styles.line} data-from={from}>
              {text}
            </p>
          ))}
          {play.ended !== null && (
            <div className={styles.note} data-testid="preview-end" data-end={play.ended}>
              {t(`flows.preview.${play.ended}`)}
              {play.fields.length > 0 && (
                <dl>
                  {play.fields.map(({ label, value }) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </div>
          )}
          {play.chips.length > 0 && (
            <div className={styles.chips}>
              {play.chips.map((chip) => (
                <button
                  key={chip}
                  type="button"
                  onClick={() => say(chip)}
                  disabled={!playable}
                  data-testid="preview-chip"
                >
                  {chip}
                </button>
              ))}
            </div>
          )}
        </div>
        <form
          className={styles.write}
          onSubmit={(event) => {
            event.preventDefault();
            say(typed);
          }}
        >
          <TextInput
            aria-label={t('flows.preview.field')}
            placeholder={t('flows.preview.field')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            disabled={!playable}
            data-testid="preview-field"
          />
          <Button type="submit" disabled={!playable || typed.trim() === ''} data-testid="preview-send">
            {t('flows.preview.send')}
          </Button>
        </form>
      </div>
    </section>
  );
}

function told(before: Play, text: string, flow: FlowDocument): Play {
  // What is over begins anew: a trial has no next bot and no agent.
  const state = before.ended === 'handOff' || before.ended === 'pass' ? null : before.state;
  const { steps, state: now } = playFlow(flow, state, [{ seq: 1, type: 'text', text }], new Date());
  const said = steps.flatMap((step): Line[] => ('text' in step ? [{ from: 'bot', text: step.text }] : []));
  const last = steps.at(-1);
  return {
    state: now,
    lines: [...before.lines, { from: 'customer', text }, ...said],
    chips: last?.do === 'ask' ? last.suggestions.map(({ label }) => label) : [],
    ended: endOf(last),
    fields: last?.do === 'handOff' ? (last.fields ?? []) : [],
  };
}

function endOf(step: BotStep | undefined): Play['ended'] {
  if (step?.do === 'handOff' || step?.do === 'pass') return step.do;
  return step?.do === 'ask' ? null : 'over';
}
