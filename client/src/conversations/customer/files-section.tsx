import { Button } from '@mantine/core';
import { IconFile, IconMusic, IconVideo } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CustomerFile, CustomerView } from '#libs/contracts/index.js';
import { filesQuery } from '../../customers/queries.js';
import { useLocale } from '../../i18n/i18n.js';
import { formatDateTime } from '../../time/format.js';
import styles from './customer-panel.module.css';

/** Files of all her conversations, newest first; asked for when the part is opened. */
export function FilesSection({ customer, lastSeq }: { customer: CustomerView; lastSeq: number }) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery(filesQuery(customer, lastSeq));
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
        <img src={address} alt="" loading="lazy" decoding="async" />
      ) : (
        <>
          <Icon size={20} stroke={1.5} aria-hidden />
          <small>{file.name}</small>
        </>
      )}
    </a>
  );
}
