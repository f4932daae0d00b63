import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Frame } from '../admin/queues/frame.js';
import { useMay } from '../session/session.js';
import { FlowEditor } from './flow-editor.js';
import { FlowList } from './flow-list.js';
import { botsQuery } from '../bots/queries.js';
import { flowQuery } from './queries.js';

/** Where guided flows are made and changed. */
export function FlowsScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const manages = useMay('bot.manage');
  const { botId } = useParams({ strict: false });
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: '/flows/$botId', params: { botId: id }, search: (old) => old });
  if (!manages) {
    return (
      <Frame title={t('flows.title')} back={{ label: t('flows.back'), onClick: onClose }}>
        <p role="alert">{t('flows.noRight')}</p>
      </Frame>
    );
  }
  if (botId === undefined) return <FlowList onOpen={open} onClose={onClose} />;
  return <Loaded key={botId} botId={botId} onClose={() => void navigate({ to: '/flows', search: (old) => old })} />;
}

function Loaded({ botId, onClose }: { botId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const bots = useQuery(botsQuery());
  const flow = useQuery(flowQuery(botId));
  const bot = bots.data?.find(({ id, kind }) => id === botId && kind === 'flow');
  // What was read before it was opened may be older than what a colleague saved.
  if (bot && flow.data !== undefined && !(flow.isFetching && !flow.isFetchedAfterMount))
    return <FlowEditor botId={botId} name={bot.name} stored={flow.data} onClose={onClose} />;
  const failed = bots.isError || flow.isError;
  return (
    <Frame title={bot?.name ?? t('flows.title')} back={{ label: t('flows.backToList'), onClick: onClose }}>
      {failed ? (
        <p role="alert">{t('flows.failed')}</p>
      ) : bots.data && !bot ? (
        <p role="alert">{t('flows.gone')}</p>
      ) : null}
    </Frame>
  );
}
