import { Button, Group, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AgentView, PreviewSide, QueuePreview } from '#libs/contracts/index.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatClock } from '../../time/format.js';
import { perPerson } from './preview-people.js';
import styles from './preview-dialog.module.css';

interface Props {
  preview: QueuePreview;
  /** When the server was asked. */
  at: number;
  staff: readonly AgentView[];
  busy: boolean;
  onSave: () => void;
  onClose: () => void;
}

/** 影響の確認: what saving would do to those who wait now, in words and beside how it is. */
export function PreviewDialog({ preview, at, staff, busy, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const people = perPerson(preview.offers);
  const { earlier, later, before, after, overflows, enters } = preview;
  const shifted = [
    earlier > 0 && t('queues.preview.earlier', { count: earlier }),
    later > 0 && t('queues.preview.later', { count: later }),
  ].filter(Boolean);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('queues.preview.title')}
      size={560}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.preview} data-testid="preview">
        <p className={styles.line}>
          <span>{t('queues.preview.waiting')}</span>
          <b data-testid="preview-waiting">{t('queues.preview.count', { count: preview.waiting })}</b>
          <small>{t('queues.preview.at', { time: formatClock(at, locale) })}</small>
        </p>
        <p className={styles.main} data-testid="preview-offers" data-offers={preview.offersNow}>
          {preview.offersNow > 0 && t('queues.preview.offersNow', { count: preview.offersNow })}
          {preview.offersNow === 0 && enters === 0 && t('queues.preview.offersNone')}
          {enters > 0 && <span data-testid="preview-enters">{t('queues.preview.enters', { count: enters })}</span>}
        </p>
        {people.length > 0 && (
          <div className={styles.people}>
            <h3>{t('queues.preview.offersTo')}</h3>
            <ul data-testid="preview-people">
              {people.map(({ agentId, count }) => (
                <li key={agentId} data-agent-id={agentId}>
                  {t('queues.preview.person', {
                    name: staff.find(({ id }) => id === agentId)?.name ?? t('queues.members.unknown'),
                    count,
                  })}
                </li>
              ))}
            </ul>
            {preview.offersNow > preview.offers.length && (
              <p>{t('queues.preview.offersFirst', { shown: preview.offers.length })}</p>
            )}
          </div>
        )}
        {after.unplaceable > 0 && (
          <p className={styles.alarm} role="alert" data-testid="preview-unplaceable">
            <IconAlertTriangle size={16} aria-hidden />
            {t('queues.preview.unplaceableWarn', { count: after.unplaceable })}
          </p>
        )}
        <Sides before={before} after={after} />
        <dl className={styles.facts}>
          <dt>{t('queues.preview.order')}</dt>
          <dd data-testid="preview-order">
            {shifted.length === 0 ? t('queues.preview.orderSame') : shifted.join(t('queues.list.comma'))}
          </dd>
          {overflows > 0 && (
            <>
              <dt>{t('queues.preview.overflows')}</dt>
              <dd>{t('queues.preview.count', { count: overflows })}</dd>
            </>
          )}
        </dl>
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('queues.preview.back')}
        </Button>
        <Button loading={busy} onClick={onSave} data-autofocus data-testid="save-previewed">
          {t('queues.preview.save')}
        </Button>
      </Group>
    </Modal>
  );
}

function Sides({ before, after }: { before: PreviewSide; after: PreviewSide }) {
  const { t } = useTranslation();
  const hours = (side: PreviewSide) => t(side.open ? 'queues.preview.openYes' : 'queues.preview.openNo');
  const rows = [
    [
      'members',
      t('queues.preview.members'),
      t('queues.preview.people', { count: before.members }),
      t('queues.preview.people', { count: after.members }),
    ],
    [
      'ready',
      t('queues.preview.ready'),
      t('queues.preview.people', { count: before.ready }),
      t('queues.preview.people', { count: after.ready }),
    ],
    [
      'slots',
      t('queues.preview.freeSlots'),
      t('queues.preview.slots', { count: before.freeSlots }),
      t('queues.preview.slots', { count: after.freeSlots }),
    ],
    [
      'unplaceable',
      t('queues.preview.unplaceable'),
      t('queues.preview.count', { count: before.unplaceable }),
      t('queues.preview.count', { count: after.unplaceable }),
    ],
    ['open', t('queues.preview.open'), hours(before), hours(after)],
  ] as const;
  return (
    <table className={styles.sides}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('queues.preview.now')}</th>
          <th scope="col">{t('queues.preview.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([key, label, was, becomes]) => (
          <tr key={key} data-changed={was !== becomes || undefined}>
            <th scope="row">{label}</th>
            <td>{was}</td>
            <td>{becomes}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
