import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  flowLimits,
  type FlowDocument,
  type FlowQuestionKind,
  type FlowStep,
  type FlowView,
} from '#libs/contracts/index.js';
import { Block, Check, Choices } from '../admin/queues/fields.js';
import { Frame } from '../admin/queues/frame.js';
import { LeaveGuard } from '../admin/queues/leave-guard.js';
import { isComposing } from '../console/keys.js';
import { modKey } from '../console/use-shortcuts.js';
import { useLocale } from '../i18n/i18n.js';
import { queuesQuery } from '../queues/queries.js';
import { useFlowFault } from './fault-text.js';
import { faultyPlaces, linesOf, movedStep, newFlow, questionKinds, withoutStep, withStep } from './flow-draft.js';
import { FlowPreview } from './flow-preview.js';
import { FlowStepCard } from './flow-step.js';
import { flowKeys } from './queries.js';
import { useFlowDraft } from './use-flow-draft.js';
import { useUsualWords } from './usual-words.js';
import styles from './flow-editor.module.css';

interface Props {
  botId: string;
  name: string;
  stored: FlowView | null;
  onClose: () => void;
}

/** A guided flow is made: its questions on the left, and beside them the conversation that comes of it. */
export function FlowEditor({ botId, name, stored, onClose }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const usual = useUsualWords();
  const [first] = useState(() => newFlow(locale, usual));
  const draft = useFlowDraft(botId, stored, first);
  const { flow, faults, tried } = draft;
  const { data: queues = [] } = useQuery(queuesQuery());
  const faultOf = useFlowFault(faults);
  const [opened, setOpened] = useState<string | null>(null);
  const [kind, setKind] = useState<FlowQuestionKind>('code');
  const [startText, setStartText] = useState(flow.starts.join('\n'));
  const [moved, setMoved] = useState('');
  const [trying, setTrying] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faulty = useMemo(() => faultyPlaces(flow), [flow]);

  // A try that found faults opens the first faulty question, and leads to the field.
  const [seen, setSeen] = useState(0);
  if (tried !== seen) {
    setSeen(tried);
    const place = Math.min(...[...faulty.keys()].filter((each) => each >= 0));
    if (Number.isFinite(place) && !faulty.has(-1)) setOpened(flow.steps[place]?.id ?? null);
  }
  useEffect(() => {
    if (tried === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  }, [tried]);

  // An element that is moved in the page loses the focus.
  const held = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    held.current?.focus();
    held.current = null;
  }, [flow.steps]);

  const set = (change: Partial<FlowDocument>) => draft.set({ ...flow, ...change });
  const move = (from: number, to: number) => {
    const next = movedStep(flow, from, to);
    if (next === flow) return;
    held.current = document.activeElement as HTMLElement | null;
    draft.set(next);
    setMoved(t('flows.steps.moved', { name: next.steps[to]!.label, number: to + 1 }));
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    draft.submit();
  };
  const reload = () => void client.invalidateQueries({ queryKey: flowKeys.flow(botId) }).then(onClose);

  return (
    <>
      <Frame
        title={name}
        back={{ label: t('flows.backToList'), onClick: onClose }}
        testId="flow-admin"
        acts={
          <Button
            className={styles.try}
            size="sm"
            variant="default"
            leftSection={<IconPlayerPlay size={15} aria-hidden />}
            aria-expanded={trying}
            onClick={() => setTrying(!trying)}
            data-testid="try-flow"
          >
            {t(trying ? 'flows.preview.close' : 'flows.preview.open')}
          </Button>
        }
      >
        <div className={styles.editor} data-trying={trying || undefined}>
          <form
            ref={form}
            className={styles.form}
            noValidate
            aria-label={name}
            onSubmit={(event) => {
              event.preventDefault();
              draft.submit();
            }}
            onKeyDown={submitByKey}
            data-testid="flow-form"
          >
            {draft.conflict && (
              <div className={styles.banner} role="alert" data-testid="flow-conflict">
                <p>{t('flows.save.conflict')}</p>
                <Button size="compact-sm" variant="default" onClick={reload}>
                  {t('flows.save.reload')}
                </Button>
              </div>
            )}
            <Block title={t('flows.parts.start')}>
              <NativeSelect
                className={styles.narrow}
                label={t('flows.language')}
                value={flow.language}
                onChange={(event) => set({ language: event.currentTarget.value as FlowDocument['language'] })}
                data={(['ja', 'en'] as const).map((value) => ({ value, label: t(`flows.languages.${value}`) }))}
              />
              <Textarea
                label={t('flows.starts')}
                description={t('flows.startsHint')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                autosize
                minRows={1}
                maxRows={6}
                value={startText}
                error={['starts', ...flow.starts.map((_, at) => `starts.${at}`)].map(faultOf).find(Boolean)}
                onChange={(event) => {
                  setStartText(event.currentTarget.value);
                  set({ starts: linesOf(event.currentTarget.value).map((line) => line.trim()) });
                }}
                data-testid="flow-starts"
              />
              <Textarea
                label={t('flows.greeting')}
                autosize
                minRows={1}
                maxRows={6}
                value={flow.greeting ?? ''}
                error={faultOf('greeting')}
                onChange={(event) =>
                  set({ greeting: event.currentTarget.value === '' ? null : event.currentTarget.value })
                }
                data-testid="flow-greeting"
              />
            </Block>
            <Block title={t('flows.parts.steps')} hint={t('flows.steps.keys')}>
              {flow.steps.length === 0 && (
                <p className={styles.none} role={faultOf('steps') ? 'alert' : undefined} data-testid="no-steps">
                  {t('flows.steps.none')}
                </p>
              )}
              {flow.steps.length > 0 && (
                <ol className={styles.steps} aria-label={t('flows.steps.label')} data-testid="flow-steps">
                  {flow.steps.map((step, place) => (
                    <FlowStepCard
                      key={step.id}
                      step={step}
                      place={place}
                      later={flow.steps.slice(place + 1)}
                      last={place === flow.steps.length - 1}
                      opened={opened === step.id}
                      faults={tried > 0 ? (faulty.get(place) ?? 0) : 0}
                      faultOf={faultOf}
                      onTurn={() => setOpened(opened === step.id ? null : step.id)}
                      onChange={(change: FlowStep) =>
                        set({ steps: flow.steps.map((each) => (each.id === step.id ? change : each)) })
                      }
                      onMove={(to) => move(place, to)}
                      onRemove={() => draft.set(withoutStep(flow, place))}
                    />
                  ))}
                </ol>
              )}
              <p role="status" className="visually-hidden">
                {moved}
              </p>
              {flow.steps.length < flowLimits.steps ? (
                <div className={styles.addStep}>
                  <NativeSelect
                    aria-label={t('flows.steps.addKind')}
                    value={kind}
                    onChange={(event) => setKind(event.currentTarget.value as FlowQuestionKind)}
                    data={questionKinds.map((value) => ({ value, label: t(`flows.kind.${value}`) }))}
                    data-testid="add-step-kind"
                  />
                  <Button
                    variant="light"
                    onClick={() => {
                      const next = withStep(flow, kind, usual);
                      draft.set(next);
                      setOpened(next.steps.at(-1)!.id);
                    }}
                    data-testid="add-step"
                  >
                    {t('flows.steps.add')}
                  </Button>
                </div>
              ) : (
                <p className={styles.none}>{t('flows.steps.full', { limit: flowLimits.steps })}</p>
              )}
            </Block>
            <Block title={t('flows.parts.end')}>
              <Check
                label={t('flows.confirm')}
                hint={t('flows.confirmHint')}
                checked={flow.confirm}
                onChange={(confirm) => set({ confirm })}
              />
              <Choices
                label={t('flows.end')}
                value={flow.end.do}
                choices={(['handOff', 'say'] as const).map((value) => ({ value, label: t(`flows.ends.${value}`) }))}
                onChange={(value) =>
                  set({
                    end:
                      value === 'say'
                        ? { do: 'say', text: usual.endText }
                        : { do: 'handOff', summary: usual.summary, queueId: null },
                  })
                }
              />
              <FlowEndFields flow={flow} queues={queues} faultOf={faultOf} set={set} />
              <Textarea
                label={t('flows.stopped')}
                autosize
                minRows={1}
                maxRows={6}
                value={flow.stopped}
                error={faultOf('stopped')}
                onChange={(event) => set({ stopped: event.currentTarget.value })}
              />
            </Block>
            <div className={styles.bar}>
              <p role="status" data-testid="flow-state" data-version={draft.version}>
                {tried > 0 && faults.length > 0 ? (
                  <span className={styles.fault}>{t('flows.save.faults', { count: faults.length })}</span>
                ) : draft.saved ? (
                  <span className={styles.good}>
                    <IconCheck size={15} aria-hidden />
                    {t('flows.save.saved', { version: draft.version })}
                  </span>
                ) : draft.unsaved ? (
                  t('flows.save.unsaved')
                ) : draft.version === 0 ? (
                  t('flows.save.never')
                ) : (
                  t('flows.save.version', { version: draft.version })
                )}
              </p>
              <Button
                type="submit"
                size="sm"
                loading={draft.isBusy}
                disabled={draft.conflict || (!draft.unsaved && draft.version > 0)}
                title={`${modKey} + Enter`}
                data-testid="save-flow"
              >
                {t('flows.save.save')}
              </Button>
            </div>
          </form>
          <aside className={styles.side}>
            <FlowPreview key={flow.language} flow={flow} />
          </aside>
        </div>
      </Frame>
      <LeaveGuard name={name} unsaved={draft.unsaved && !draft.conflict} gone={false} onGone={onClose} />
    </>
  );
}

interface EndProps {
  flow: FlowDocument;
  queues: readonly { id: string; name: string }[];
  faultOf: (field: string) => string | undefined;
  set: (change: Partial<FlowDocument>) => void;
}

function FlowEndFields({ flow: { end }, queues, faultOf, set }: EndProps) {
  const { t } = useTranslation();
  if (end.do === 'say') {
    return (
      <Textarea
        label={t('flows.endText')}
        autosize
        minRows={1}
        maxRows={6}
        value={end.text}
        error={faultOf('end.text')}
        onChange={(event) => set({ end: { ...end, text: event.currentTarget.value } })}
      />
    );
  }
  const gone = end.queueId !== null && queues.length > 0 && !queues.some(({ id }) => id === end.queueId);
  return (
    <>
      <TextInput
        label={t('flows.summary')}
        value={end.summary}
        error={faultOf('end.summary')}
        autoComplete="off"
        onChange={(event) => set({ end: { ...end, summary: event.currentTarget.value } })}
      />
      <NativeSelect
        className={styles.narrow}
        label={t('flows.queue')}
        value={gone ? '' : (end.queueId ?? '')}
        error={gone ? t('flows.fault.exists') : faultOf('end.queueId')}
        onChange={(event) => set({ end: { ...end, queueId: event.currentTarget.value || null } })}
        data={[
          { value: '', label: t('flows.queueUsual') },
          ...queues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </>
  );
}
