import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BotView, StartReplayBody } from '#libs/contracts/index.js';
import { toApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import { useLocale } from '../i18n/i18n.js';
import { useSession } from '../session/session.js';
import { serverNow } from '../time/clock.js';
import { flowVersionsQuery, replayKeys } from './queries.js';
import styles from './replays.module.css';

const DAY_MS = 24 * 60 * 60 * 1000;
const spans = [1, 7, 30, 90] as const;
const sizes = [20, 100, 500] as const;

interface Props {
  bots: readonly BotView[];
  onStarted: (botId: string, id: string) => void;
}

export function ReplayForm({ bots, onStarted }: Props) {
  const { t } = useTranslation();
  const { accounts } = useSession();
  const client = useQueryClient();
  const heading = useId();
  const [one, setOne] = useState({ botId: bots[0]!.id, version: '' });
  const [other, setOther] = useState({ botId: '', version: '' });
  const [accountId, setAccountId] = useState(accounts[0]!.id);
  const [days, setDays] = useState('7');
  const [contacts, setContacts] = useState('100');

  const start = useMutation({
    mutationFn: () => {
      const until = serverNow();
      const body: StartReplayBody = {
        accountId,
        since: new Date(until - Number(days) * DAY_MS).toISOString(),
        until: new Date(until).toISOString(),
        contacts: Number(contacts),
        ...versionOf(one.version),
        ...(other.botId === '' ? {} : { against: { botId: other.botId, ...versionOf(other.version) } }),
      };
      return api.startReplay(one.botId, body);
    },
    onSuccess: async (replay) => {
      await client.invalidateQueries({ queryKey: replayKeys.all });
      onStarted(replay.bot.botId, replay.id);
    },
  });
  const fault = start.isError ? toApiError(start.error) : null;
  const empty = fault?.fields.some(({ rule }) => rule === 'empty');
  const names = bots.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section aria-labelledby={heading} className={styles.start}>
      <h2 id={heading}>{t('replays.form.label')}</h2>
      <form
        noValidate
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (!start.isPending) start.mutate();
        }}
        data-testid="replay-form"
      >
        <NativeSelect
          label={t('replays.form.bot')}
          value={one.botId}
          onChange={(event) => setOne({ botId: event.currentTarget.value, version: '' })}
          data={names}
          data-testid="replay-bot"
        />
        <VersionField
          key={`one-${one.botId}`}
          label={t('replays.form.version')}
          bot={bots.find(({ id }) => id === one.botId)}
          value={one.version}
          onChange={(version) => setOne({ ...one, version })}
          testId="replay-version"
        />
        <NativeSelect
          label={t('replays.form.against')}
          value={other.botId}
          onChange={(event) => setOther({ botId: event.currentTarget.value, version: '' })}
          data={[{ value: '', label: t('replays.form.nobody') }, ...names]}
          data-testid="replay-against"
        />
        <VersionField
          key={`other-${other.botId}`}
          label={t('replays.form.againstVersion')}
          bot={bots.find(({ id }) => id === other.botId)}
          value={other.version}
          onChange={(version) => setOther({ ...other, version })}
          testId="replay-against-version"
        />
        {accounts.length > 1 && (
          <NativeSelect
            label={t('replays.form.account')}
            value={accountId}
            onChange={(event) => setAccountId(event.currentTarget.value)}
            data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <NativeSelect
          label={t('replays.form.days')}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={spans.map((count) => ({ value: String(count), label: t('replays.form.lastDays', { count }) }))}
        />
        <NativeSelect
          label={t('replays.form.contacts')}
          value={contacts}
          onChange={(event) => setContacts(event.currentTarget.value)}
          data={sizes.map(String)}
        />
        <Button type="submit" loading={start.isPending} className={styles.button} data-testid="start-replay">
          {t('replays.form.start')}
        </Button>
      </form>
      {fault && (
        <p role="alert" className={styles.fault}>
          {empty ? t('replays.form.empty') : t(`errors.${fault.code}`)}
        </p>
      )}
    </section>
  );
}

function versionOf(chosen: string): { version?: number } {
  return chosen === '' ? {} : { version: Number(chosen) };
}

interface VersionProps {
  label: string;
  bot: BotView | undefined;
  value: string;
  onChange: (version: string) => void;
  testId: string;
}

/** Only guided flows have versions. */
function VersionField({ label, bot, value, onChange, testId }: VersionProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const isFlow = bot?.kind === 'flow';
  const { data: versions = [] } = useQuery(flowVersionsQuery(bot?.id ?? '', isFlow));
  if (!isFlow || versions.length < 2) return null;
  const day = new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' });
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('replays.form.latest') },
        ...versions.map(({ version, at }) => ({
          value: String(version),
          label: t('replays.form.versionOf', { version, at: day.format(new Date(at)) }),
        })),
      ]}
      data-testid={testId}
    />
  );
}
