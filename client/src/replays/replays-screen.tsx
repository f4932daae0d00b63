import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Frame } from '../admin/queues/frame.js';
import { useCommand } from '../console/commands.js';
import { botsQuery } from '../bots/queries.js';
import { useMay, useSession } from '../session/session.js';
import { ReplayForm } from './replay-form.js';
import { ReplayList } from './replay-list.js';
import { ReplayPage } from './replay-page.js';
import styles from './replays.module.css';

/** Where bots are tried out on what customers really asked. */
export function ReplaysScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { agent, accounts } = useSession();
  const manages = useMay('bot.manage');
  const { botId, replayId } = useParams({ strict: false });
  const navigate = useNavigate();
  const open = (bot: string, id: string) =>
    void navigate({
      to: '/replays/$botId/$replayId',
      params: { botId: bot, replayId: id },
      search: (old) => old,
    });
  const barred = !manages
    ? t('replays.noRight')
    : agent.visibility === 'own' || accounts.length === 0
      ? t('replays.noAccounts')
      : null;
  if (barred !== null) {
    return (
      <Frame title={t('replays.title')} back={{ label: t('replays.back'), onClick: onClose }}>
        <p role="alert">{barred}</p>
      </Frame>
    );
  }
  if (botId !== undefined && replayId !== undefined) {
    return (
      <ReplayPage
        key={replayId}
        botId={botId}
        replayId={replayId}
        onClose={() => void navigate({ to: '/replays', search: (old) => old })}
      />
    );
  }
  return <Overview onOpen={open} onClose={onClose} />;
}

function Overview({ onOpen, onClose }: { onOpen: (botId: string, id: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: bots, isError } = useQuery(botsQuery());
  useCommand('back', onClose);
  return (
    <Frame title={t('replays.title')} back={{ label: t('replays.back'), onClick: onClose }} testId="replays-admin">
      <div className={styles.page}>
        <p className={styles.about}>{t('replays.about')}</p>
        {isError && !bots && <p role="alert">{t('replays.failed')}</p>}
        {bots?.length === 0 && <p data-testid="no-bots">{t('replays.form.noBots')}</p>}
        {bots && bots.length > 0 && (
          <>
            <ReplayForm bots={bots} onStarted={onOpen} />
            <ReplayList bots={bots} />
          </>
        )}
      </div>
    </Frame>
  );
}
