import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/session.js';
import { QueueEditor } from './queue-editor.js';
import { QueueList } from './queue-list.js';
import { Frame } from './frame.js';

/** Where queues are made and changed. In place of the conversations: offers and one's own state stay in the bar above. */
export function QueuesScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const manages = useMay('queue.manage');
  const { queueId } = useParams({ strict: false });
  const navigate = useNavigate();
  const open = (id: string) =>
    void navigate({ to: '/admin/queues/$queueId', params: { queueId: id }, search: (old) => old });
  if (!manages) {
    return (
      <Frame title={t('queues.title')} back={{ label: t('queues.back'), onClick: onClose }}>
        <p role="alert">{t('queues.noRight')}</p>
      </Frame>
    );
  }
  if (queueId === undefined) return <QueueList onOpen={open} onClose={onClose} />;
  return (
    <QueueEditor
      key={queueId}
      queueId={queueId}
      onClose={() => void navigate({ to: '/admin/queues', search: (old) => old })}
    />
  );
}
