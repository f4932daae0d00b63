import { Button } from '@mantine/core';
import { IconFile, IconMusic, IconVideo } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CustomerFile, CustomerView } from '#libs/contracts/index.js';
import { filesQuery } from '../../customers/queries.js';
import { conversations } from '../../desk.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDateTime } from '../../time/format.js';
import { threadQuery } from '../queries.js';
import type { Thread } from '../thread.cache.js';
import styles from './customer-panel.module.css';

interface Props {
  customer: CustomerView;
  conversationId: string;
}

/** Files of all her conversations, newest first; asked for when the part is opened, and again when one has come. */
export function FilesSection({ customer, conversationId }: Props) {
  const { t } = useTranslation();
  const thread = threadQuery(conversationId, conversations.watch);
  const { data: newest = '' } = useQuery({ ...thread, enabled: false, select: newestFile });
  const pages = useInfiniteQuery(filesQuery(customer, newest));
  if (pages.isError && !pages.data) return <p role="alert">{t('customers.failed')}</p>;
  if (!pages.data) return <div className={styles.tiles} aria-busy="true" />;
  const files = pages.data.pages.flatMap((page) => page.files);
  if (files.length === 0) return <p className={styles.quiet}>{t('customers.files.empty')}</p>;
  return (
    <>
      <ul className={styles.tiles} data-testid="customer-files">
        {files.map((file) => (
          <li key={file.id}>
            <Tile file={file} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          size="compact-xs"
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('customers.files.more')}
        </Button>
      )}
    </>
  );
}

function Tile({ file }: { file: CustomerFile }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const address = `/api/media/${file.id}`;
  const label = t('customers.files.open', { name: file.name, time: formatDateTime(Date.parse(file.at), locale) });
  const picture = /^image\/(jpeg|png|gif|webp)$/.test(file.mimeType);
  const Icon = file.mimeType.startsWith('video/')
    ? IconVideo
    : file.mimeType.startsWith('audio/')
      ? IconMusic
      : IconFile;
  return (
    <a
      className={styles.tile}
      href={address}
      target="_blank"
      rel="noreferrer"
      aria-label={label}
      title={label}
      data-testid="customer-file"
    >
      {picture ? (
        <img src={file.thumbnails ? `${address}/small` : address} alt="" loading="lazy" decoding="async" />
      ) : (
        <>
          <Icon size={20} stroke={1.5} aria-hidden />
          <small>{file.name}</small>
        </>
      )}
    </a>
  );
}

/** Words that come change nothing here; a file does, once it can be opened. */
function newestFile({ messages }: Thread): string {
  return messages.findLast(({ content }) => content.type === 'media' && content.state === 'ready')?.id ?? '';
}
