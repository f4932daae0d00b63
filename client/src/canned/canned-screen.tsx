import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CannedResponse } from '#libs/contracts/index.js';
import { Frame } from '../admin/queues/frame.js';
import { useCommand } from '../console/commands.js';
import { showFault, showNotice } from '../console/notices.js';
import { api } from '../http/api.js';
import { CannedEditor } from './canned-editor.js';
import { CannedEmpty } from './canned-empty.js';
import { CannedList } from './canned-list.js';
import { ForbiddenSection } from './forbidden-section.js';
import { ImportDialog } from './import-dialog.js';
import { cannedKeys, cannedQuery } from './queries.js';
import styles from './canned-screen.module.css';

/** Where 定型文 are kept: everybody her own, whoever has the right those of queues and accounts, and the NGワード. */
export function CannedScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { cannedId } = useParams({ strict: false });
  // Numbers of uses are told to nobody: they are asked for with each look.
  const { data: book, isError, refetch, isFetching } = useQuery({ ...cannedQuery(), refetchOnMount: 'always' });
  const [importing, setImporting] = useState(false);
  const [removed, setRemoved] = useState<CannedResponse | null>(null);
  const words = cannedId === 'words';
  const go = (id: string | null) =>
    void (id === null
      ? navigate({ to: '/canned', search: (old) => old })
      : navigate({ to: '/canned/$cannedId', params: { cannedId: id }, search: (old) => old }));
  useCommand('back', cannedId === undefined ? onClose : () => go(null), !importing);
  const restore = async (response: CannedResponse) => {
    try {
      await api.restoreCanned(response.id);
      await client.invalidateQueries({ queryKey: cannedKeys.book });
      setRemoved(null);
      showNotice(t('canned.restored', { name: response.name }), 'news');
      go(response.id);
    } catch (error) {
      showFault(error);
    }
  };

  return (
    <Frame
      title={t('canned.title')}
      testId="canned-screen"
      back={
        cannedId === undefined
          ? { label: t('canned.back'), onClick: onClose }
          : { label: t('canned.backToList'), onClick: () => go(null) }
      }
      acts={
        !words && (
          <>
            <FileMenu onImport={() => setImporting(true)} />
            <Button
              size="sm"
              className={styles.add}
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => go('new')}
              aria-label={t('canned.add')}
              data-testid="new-canned"
            >
              <span className={styles.wide}>{t('canned.add')}</span>
            </Button>
          </>
        )
      }
    >
      <div className={styles.screen} data-open={(cannedId !== undefined && !words) || undefined}>
        <nav className={styles.tabs} aria-label={t('canned.title')}>
          <button type="button" aria-current={!words || undefined} onClick={() => go(null)} data-testid="tab-responses">
            {t('canned.words.responses')}
          </button>
          <button type="button" aria-current={words || undefined} onClick={() => go('words')} data-testid="tab-words">
            {t('canned.words.tab')}
          </button>
        </nav>
        {removed && !words && (
          <p className={styles.removed} role="status" data-testid="removed">
            {t('canned.removed', { name: removed.name })}
            <Button size="compact-sm" variant="light" onClick={() => void restore(removed)} data-testid="undo-remove">
              {t('canned.undo')}
            </Button>
          </p>
        )}
        {words ? (
          <ForbiddenSection />
        ) : book ? (
          book.responses.length === 0 && cannedId === undefined ? (
            <CannedEmpty onMake={() => go('new')} onImport={() => setImporting(true)} />
          ) : (
            <div className={styles.panes}>
              <CannedList responses={book.responses} shelves={book.shelves} chosen={cannedId} />
              {cannedId === undefined ? (
                <p className={styles.choose}>{t('canned.choose')}</p>
              ) : (
                <CannedEditor
                  key={cannedId}
                  id={cannedId}
                  book={book}
                  onMade={(made) => go(made.id)}
                  onRemoved={(gone) => {
                    setRemoved(gone);
                    go(null);
                  }}
                />
              )}
            </div>
          )
        ) : (
          isError && (
            <p role="alert" className={styles.failed}>
              {t('canned.failed')}
              <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
                {t('canned.retry')}
              </Button>
            </p>
          )
        )}
      </div>
      {importing && book && <ImportDialog shelves={book.shelves} onClose={() => setImporting(false)} />}
    </Frame>
  );
}

function FileMenu({ onImport }: { onImport: () => void }) {
  const { t } = useTranslation();
  const file = (format: 'csv' | 'json') => `/api/canned-responses/export?format=${format}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="sm"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-testid="file-menu"
        >
          {t('canned.transfer')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUpload size={15} aria-hidden />} onClick={onImport} data-testid="open-import">
          {t('canned.import.open')}
        </Menu.Item>
        <Menu.Item component="a" href={file('csv')} download leftSection={<IconDownload size={15} aria-hidden />}>
          {t('canned.export.csv')}
        </Menu.Item>
        <Menu.Item component="a" href={file('json')} download leftSection={<IconDownload size={15} aria-hidden />}>
          {t('canned.export.json')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
