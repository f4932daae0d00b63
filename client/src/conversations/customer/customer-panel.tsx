import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { conversations } from '../../desk.js';
import { api } from '../../http/api.js';
import { useLocale } from '../../i18n/i18n.js';
import { useMay } from '../../session/session.js';
import { formatDateTime } from '../../time/format.js';
import { ContactHistory } from './contact-history.js';
import { EditableText } from './editable-text.js';
import { ReachabilityCheck } from './reachability-check.js';
import styles from './customer-panel.module.css';

/** `titled`: what it stands in names it already. */
export function CustomerPanel({ detail, titled = false }: { detail: ConversationDetail; titled?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const mayEdit = useMay('customer.edit');
  const clipboard = useClipboard({ timeout: 1500 });
  const { conversation: row, account } = detail;
  const { customer } = row;
  const edit = async (body: { name?: string | null; kana?: string | null }) =>
    conversations.customer(await api.editCustomer(customer.id, body));

  return (
    <div className={styles.panel} data-titled={titled || undefined} data-testid="customer-panel">
      <section className={styles.person}>
        {!titled && <h2>{t('customer.title')}</h2>}
        <EditableText
          key={`name-${customer.id}`}
          label={t('customer.name')}
          placeholder={t('customer.namePlaceholder')}
          value={customer.name}
          limit={100}
          large
          readOnly={!mayEdit}
          onSave={(name) => edit({ name })}
          testId="customer-name-field"
        />
        <EditableText
          key={`kana-${customer.id}`}
          label={t('customer.kana')}
          placeholder={t('customer.kanaPlaceholder')}
          value={customer.kana}
          limit={100}
          readOnly={!mayEdit}
          onSave={(kana) => edit({ kana })}
          testId="customer-kana-field"
        />
      </section>
      <dl className={styles.facts}>
        <dt>{t('customer.phone')}</dt>
        <dd className={styles.phone}>
          <span data-testid="customer-phone">
            {customer.phone === null ? t('list.noNumber') : customer.phoneDisplay}
          </span>
          {customer.phone !== null && (
            <Tooltip label={clipboard.copied ? t('customer.copied') : t('customer.copyPhone')}>
              <ActionIcon
                size="sm"
                aria-label={t('customer.copyPhone')}
                onClick={() => clipboard.copy(customer.phoneDisplay)}
              >
                {clipboard.copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </dd>
        <dt>{t('customer.account')}</dt>
        <dd>{account.name}</dd>
        <dt>{t('customer.lastActivity')}</dt>
        <dd>{formatDateTime(Date.parse(row.lastActivityAt), locale)}</dd>
        <dt>{t('customer.reachability')}</dt>
        <dd>
          <ReachabilityCheck key={row.id} conversationId={row.id} />
        </dd>
      </dl>
      <ContactHistory detail={detail} />
    </div>
  );
}
