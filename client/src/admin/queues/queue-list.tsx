import { Button } from '@mantine/core';
import { IconAlertTriangle, IconBuildingStore, IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, QueueSummary } from '#libs/contracts/index.js';
import { useCommand } from '../../console/commands.js';
import { useLocale } from '../../i18n/i18n.js';
import { serverNow, useServerSecond } from '../../time/clock.js';
import { formatElapsed } from '../../time/format.js';
import { Frame } from './frame.js';
import { NewQueueDialog } from './new-queue-dialog.js';
import { OpenState } from './open-state.js';
import { queueKeys, queuesQuery } from '../../queues/queries.js';
import { nextChange } from '../../queues/queues.cache.js';
import { accountsQuery } from './queries.js';
import styles from './queue-list.module.css';

/** A timer cannot be longer than some weeks; nobody looks at the list for so long. */
const LONGEST_MS = 60 * 60_000;

interface Props {
  onOpen: (id: string) => void;
  onClose: () => void;
}

export function QueueList({ onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: queues, isError } = useQuery(queuesQuery());
  const { data: accounts = [] } = useQuery(accountsQuery());
  const [making, setMaking] = useState(false);
  const changesAt = queues ? nextChange(queues) : null;
  useCommand('back', onClose, !making);
  useEffect(() => {
    if (changesAt === null) return undefined;
    // A moment later than the server's own clock, which decides.
    const wait = Math.min(LONGEST_MS, Math.max(0, changesAt - serverNow()) + 500);
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: queueKeys.list }), wait);
    return () => clearTimeout(timer);
  }, [client, changesAt]);
  return (
    <Frame
      title={t('queues.title')}
      back={{ label: t('queues.back'), onClick: onClose }}
      acts={
        queues !== undefined &&
        queues.length > 0 && (
          <Button
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setMaking(true)}
            data-testid="new-queue"
          >
            {t('queues.add')}
          </Button>
        )
      }
    >
      {isError && !queues && <p role="alert">{t('queues.failed')}</p>}
      {queues?.length === 0 && <Empty onMake={() => setMaking(true)} />}
      {queues && queues.length > 0 && <Table queues={queues} accounts={accounts} />}
      {making && <NewQueueDialog onMade={onOpen} onClose={() => setMaking(false)} />}
    </Frame>
  );
}

function Empty({ onMake }: { onMake: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty} data-testid="queues-empty">
      <IconBuildingStore size={36} stroke={1.4} aria-hidden />
      <h2>{t('queues.list.emptyTitle')}</h2>
      <p>{t('queues.list.emptyText')}</p>
      <ol>
        <li>{t('queues.list.step1')}</li>
        <li>{t('queues.list.step2')}</li>
        <li>{t('queues.list.step3')}</li>
      </ol>
      <p>{t('queues.list.emptyToday')}</p>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onMake} data-testid="new-queue">
        {t('queues.add')}
      </Button>
    </div>
  );
}

function Table({ queues, accounts }: { queues: readonly QueueSummary[]; accounts: readonly AccountView[] }) {
  const { t } = useTranslation();
  return (
    <table className={styles.table} aria-label={t('queues.list.label')} data-testid="queues">
      <thead>
        <tr>
          <th scope="col">{t('queues.list.name')}</th>
          <th scope="col" className={styles.desk}>
            {t('queues.list.accounts')}
          </th>
          <th scope="col">{t('queues.list.waiting')}</th>
          <th scope="col">{t('queues.list.ready')}</th>
          <th scope="col" className={styles.desk}>
            {t('queues.list.now')}
          </th>
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => {
          const names = queue.accountIds.flatMap((id) => accounts.find((account) => account.id === id)?.name ?? []);
          const led = names.length === 0 ? t('queues.list.noAccounts') : names.join(t('queues.list.comma'));
          return (
            <tr key={queue.id} data-testid="queue" data-queue-id={queue.id}>
              <th scope="row">
                <Link
                  to="/admin/queues/$queueId"
                  params={{ queueId: queue.id }}
                  search={(old) => old}
                  className={styles.name}
                >
                  {queue.name}
                </Link>
                <span className={styles.phone}>
                  <OpenState queue={queue} />
                </span>
              </th>
              <td className={styles.desk}>{led}</td>
              <td>
                <b data-testid="waiting">{queue.waiting}</b>
                {queue.longestSince !== null && <Longest since={queue.longestSince} />}
              </td>
              <td>
                <span data-testid="ready" data-alarm={(queue.waiting > 0 && queue.ready === 0) || undefined}>
                  {queue.waiting > 0 && queue.ready === 0 && <IconAlertTriangle size={14} aria-hidden />}
                  {`${queue.ready} / ${queue.members}`}
                </span>
                <small>{t('queues.list.slots', { count: queue.freeSlots })}</small>
              </td>
              <td className={styles.desk}>
                <OpenState queue={queue} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Counts up for the eyes only. */
function Longest({ since }: { since: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const waited = Math.max(0, useServerSecond() - Date.parse(since));
  return <small aria-hidden>{t('queues.list.longest', { time: formatElapsed(waited, locale) })}</small>;
}
