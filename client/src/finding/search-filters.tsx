import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { searchKinds } from '#libs/contracts/index.js';
import { spans, states } from '../console/search.js';
import { keys } from '../conversations/queries.js';
import { labelsQuery } from '../customers/queries.js';
import { api } from '../http/api.js';
import { queuesQuery } from '../queues/queries.js';
import { useFinding } from './use-finding.js';
import styles from './search-filters.module.css';

/** Days of one's own choice. */
const CHOSEN = 'chosen';

/** What kind is looked for, and what narrows it down. */
export function SearchFilters() {
  const { t } = useTranslation();
  const { finding, account, change } = useFinding();
  const queues = useQuery(queuesQuery());
  const agents = useQuery({ queryKey: keys.agents, queryFn: api.agents });
  const labels = useQuery(labelsQuery());
  // Those of the account that is looked at; one that is no longer given is still on what it was given to.
  const shownLabels = (labels.data ?? []).filter(({ accountId }) => account === undefined || accountId === account);
  const ends = { since: t('finding.since'), until: t('finding.until') };
  const [choosing, setChoosing] = useState(false);
  const chosen = choosing || finding.since !== undefined || finding.until !== undefined;
  return (
    <div className={styles.filters}>
      <div className={styles.kinds} role="group" aria-label={t('finding.results')}>
        {[undefined, ...searchKinds].map((kind) => (
          <UnstyledButton
            key={kind ?? 'all'}
            className={styles.kind}
            aria-pressed={finding.kind === kind}
            onClick={() => change({ kind })}
            data-testid={`kind-${kind ?? 'all'}`}
          >
            {t(`finding.kinds.${kind ?? 'all'}`)}
          </UnstyledButton>
        ))}
      </div>
      {finding.kind !== 'customers' && (
        <div className={styles.chips} role="group" aria-label={t('finding.narrow')}>
          <Chip
            name={t('finding.anyTime')}
            none={t('finding.everyTime')}
            value={chosen ? CHOSEN : finding.days?.toString()}
            choices={[
              ...spans.map((days) => ({ value: String(days), label: t(`finding.days.${days}`) })),
              { value: CHOSEN, label: t('finding.chosenDays') },
            ]}
            onChoose={(value) => {
              setChoosing(value === CHOSEN);
              const days = spans.find((each) => String(each) === value);
              change(value === CHOSEN ? { days } : { days, since: undefined, until: undefined });
            }}
            testId="filter-days"
          />
          {(queues.data?.length ?? 0) > 0 && (
            <Chip
              name={t('finding.anyQueue')}
              none={t('finding.everyQueue')}
              value={finding.queue}
              choices={queues.data!.map(({ id, name }) => ({ value: id, label: name }))}
              onChoose={(queue) => change({ queue })}
              testId="filter-queue"
            />
          )}
          <Chip
            name={t('finding.anyAgent')}
            none={t('finding.everyAgent')}
            value={finding.agent}
            choices={(agents.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onChoose={(agent) => change({ agent })}
            testId="filter-agent"
          />
          <Chip
            name={t('finding.anyState')}
            none={t('finding.everyState')}
            value={finding.state}
            choices={states.map((state) => ({ value: state, label: t(`finding.state.${state}`) }))}
            onChoose={(value) => change({ state: states.find((state) => state === value) })}
            testId="filter-state"
          />
          {shownLabels.length > 0 && (
            <Chip
              name={t('finding.anyLabel')}
              none={t('finding.everyLabel')}
              value={finding.label}
              choices={shownLabels.map(({ id, name }) => ({ value: id, label: name }))}
              onChoose={(label) => change({ label })}
              testId="filter-label"
            />
          )}
          <UnstyledButton
            className={styles.chip}
            aria-pressed={finding.media === true}
            onClick={() => change({ media: finding.media ? undefined : true })}
            data-testid="filter-media"
          >
            {t('finding.media')}
            {finding.media && <IconX size={13} aria-hidden />}
          </UnstyledButton>
          {chosen && (
            <span className={styles.days}>
              {(['since', 'until'] as const).map((end) => (
                <input
                  key={end}
                  type="date"
                  className={styles.day}
                  aria-label={ends[end]}
                  title={ends[end]}
                  value={finding[end] ?? ''}
                  onChange={(event) => change({ [end]: event.currentTarget.value || undefined })}
                  data-testid={`filter-${end}`}
                />
              ))}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

interface ChipProps {
  name: string;
  none: string;
  value: string | undefined;
  choices: { value: string; label: string }[];
  onChoose: (value: string | undefined) => void;
  testId: string;
}

function Chip({ name, none, value, choices, onChoose, testId }: ChipProps) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Menu position="bottom-start" width={200}>
      <Menu.Target>
        <UnstyledButton className={styles.chip} data-set={chosen !== undefined || undefined} data-testid={testId}>
          {chosen && <span className="visually-hidden">{name}: </span>}
          <span className={styles.label}>{chosen?.label ?? name}</span>
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        <Menu.RadioGroup
          value={value ?? ''}
          onChange={(chosenValue) => onChoose(chosenValue === '' ? undefined : String(chosenValue))}
        >
          {[{ value: '', label: none }, ...choices].map((choice) => (
            <Menu.RadioItem
              key={choice.value}
              value={choice.value}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden />}
              data-testid={`${testId}-${choice.value || 'none'}`}
            >
              {choice.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
