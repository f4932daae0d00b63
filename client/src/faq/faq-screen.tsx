import { Button, Menu, NativeSelect } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaqEntry } from '#libs/contracts/index.js';
import { Frame } from '../admin/queues/frame.js';
import { useCommand } from '../console/commands.js';
import { showFault, showNotice } from '../console/notices.js';
import { useConsole } from '../console/use-console.js';
import { api } from '../http/api.js';
import { useSession } from '../session/session.js';
import { FaqEditor } from './faq-editor.js';
import { FaqEmpty } from './faq-empty.js';
import { FaqList } from './faq-list.js';
import { ImportDialog } from './import-dialog.js';
import { placeOf } from './places.js';
import { faqKeys, faqQuery, fromThreadQuery, unansweredQuery } from './queries.js';
import { RewordingsTab } from './rewordings-tab.js';
import { TryBox } from './try-box.js';
import { UnansweredTab } from './unanswered-tab.js';
import styles from './faq-screen.module.css';

/** よくある質問: what the bot answers from, what it could not answer, and what it would say now. */
export function FaqScreen({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { accounts } = useSession();
  const { account: filtered } = useConsole();
  const { faqPlace } = useParams({ strict: false });
  // Where there is room the box stands beside the list, and needs no place of its own.
  const wide = useMediaQuery('(min-width: 1280px)', undefined, { getInitialValueInEffect: false });
  const place = placeOf(wide && faqPlace === 'try' ? undefined : faqPlace);
  const [chosen, setChosen] = useState(filtered ?? accounts[0]?.id ?? '');
  const [importing, setImporting] = useState(false);
  const [removed, setRemoved] = useState<FaqEntry | null>(null);
  const [asked, setAsked] = useState('');
  // Numbers are told to nobody: they are asked for with each look.
  const { data: book, isError, refetch, isFetching } = useQuery({ ...faqQuery(), refetchOnMount: 'always' });
  const mayEdit = book?.mayEdit ?? false;
  const { data: unanswered } = useQuery({ ...unansweredQuery(), enabled: mayEdit, refetchOnMount: 'always' });
  const go = (to: string | null) =>
    void (to === null
      ? navigate({ to: '/admin/faq', search: (old) => old })
      : navigate({ to: '/admin/faq/$faqPlace', params: { faqPlace: to }, search: (old) => old }));
  const entryOpen = place.tab === 'entries' && place.entry !== null;
  const back = place.tab === 'entries' && place.entry !== null && place.question !== null ? 'unanswered' : null;
  useCommand('back', entryOpen ? () => go(back) : onClose, !importing);
  const opened = book?.entries.find(({ id }) => place.tab === 'entries' && id === place.entry);
  const question = place.tab === 'entries' ? place.question : null;
  const group = question === null ? undefined : unanswered?.find(({ ids }) => ids.includes(question));
  const conversation = place.tab === 'entries' ? place.conversation : null;
  const { data: thread } = useQuery({ ...fromThreadQuery(conversation ?? ''), enabled: conversation !== null });
  // An address leads to what it names, whichever account was looked at before.
  const accountId = opened?.accountId ?? group?.accountId ?? thread?.accountId ?? chosen;
  const entries = book?.entries.filter((entry) => entry.accountId === accountId) ?? [];
  const restore = async (entry: FaqEntry) => {
    try {
      await api.restoreFaq(entry.id);
      await client.invalidateQueries({ queryKey: faqKeys.book });
      setRemoved(null);
      showNotice(t('faq.restored', { name: entry.phrasings[0] }), 'news');
      go(entry.id);
    } catch (error) {
      showFault(error);
    }
  };
  const open = unanswered?.filter((each) => each.accountId === accountId) ?? [];
  const tryBox = <TryBox accountId={accountId} asked={asked} onAsk={setAsked} onOpen={go} />;

  return (
    <Frame
      title={t('faq.title')}
      testId="faq-screen"
      back={
        entryOpen ? { label: t('faq.backToList'), onClick: () => go(back) } : { label: t('faq.back'), onClick: onClose }
      }
      acts={
        <>
          {accounts.length > 1 && (
            <NativeSelect
              size="sm"
              className={styles.account}
              aria-label={t('faq.account')}
              value={accountId}
              onChange={(event) => {
                setChosen(event.currentTarget.value);
                if (entryOpen) go(null);
              }}
              data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
              data-testid="faq-account"
            />
          )}
          {place.tab === 'entries' && (
            <>
              <FileMenu accountId={accountId} mayImport={mayEdit} onImport={() => setImporting(true)} />
              <Button
                size="sm"
                className={styles.add}
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => go('new')}
                aria-label={t('faq.add')}
                data-testid="new-faq"
              >
                <span className={styles.wide}>{t('faq.add')}</span>
              </Button>
            </>
          )}
        </>
      }
    >
      <div className={styles.screen} data-open={entryOpen || undefined}>
        <nav className={styles.tabs} aria-label={t('faq.title')}>
          <Tab current={place.tab === 'entries'} name="entries" onClick={() => go(null)} />
          {mayEdit && (
            <Tab
              current={place.tab === 'unanswered'}
              name="unanswered"
              count={open.length}
              onClick={() => go('unanswered')}
            />
          )}
          {mayEdit && <Tab current={place.tab === 'rewordings'} name="rewordings" onClick={() => go('rewordings')} />}
          <Tab current={place.tab === 'try'} name="try" narrow onClick={() => go('try')} />
        </nav>
        {removed && place.tab === 'entries' && (
          <p className={styles.removed} role="status" data-testid="faq-removed">
            {t('faq.removed', { name: removed.phrasings[0] })}
            <Button size="compact-sm" variant="light" onClick={() => void restore(removed)} data-testid="faq-undo">
              {t('faq.undo')}
            </Button>
          </p>
        )}
        {book ? (
          <div className={styles.panes} data-tab={place.tab}>
            <div className={styles.main}>
              {place.tab === 'unanswered' && mayEdit ? (
                <UnansweredTab accountId={accountId} onAnswer={(id) => go(`answer-${id}`)} />
              ) : place.tab === 'rewordings' && mayEdit ? (
                <RewordingsTab key={accountId} accountId={accountId} book={book} />
              ) : place.tab === 'try' ? (
                <p className={styles.choose}>{t('faq.try.about')}</p>
              ) : entries.length === 0 && !entryOpen ? (
                <FaqEmpty mayImport={mayEdit} onMake={() => go('new')} onImport={() => setImporting(true)} />
              ) : (
                <div className={styles.two}>
                  <FaqList entries={entries} chosen={entryOpen ? (place.entry ?? undefined) : undefined} />
                  {entryOpen && (question === null || unanswered !== undefined) && (conversation === null || thread) ? (
                    <FaqEditor
                      key={faqPlace}
                      id={place.entry!}
                      accountId={accountId}
                      book={book}
                      question={group ?? null}
                      from={conversation === null ? null : (thread?.draft ?? null)}
                      onMade={(made) => go(question !== null ? 'unanswered' : made.id)}
                      onRemoved={(gone) => {
                        setRemoved(gone);
                        go(null);
                      }}
                      onTry={setAsked}
                    />
                  ) : (
                    <Hint entries={entries} mayEdit={mayEdit} />
                  )}
                </div>
              )}
            </div>
            <aside className={styles.aside} aria-label={t('faq.try.title')}>
              {tryBox}
            </aside>
          </div>
        ) : (
          isError && (
            <p role="alert" className={styles.failed}>
              {t('faq.failed')}
              <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
                {t('faq.retry')}
              </Button>
            </p>
          )
        )}
      </div>
      {importing && book && <ImportDialog accountId={accountId} onClose={() => setImporting(false)} />}
    </Frame>
  );
}

interface TabProps {
  name: 'entries' | 'unanswered' | 'rewordings' | 'try';
  current: boolean;
  count?: number;
  /** Beside the others where there is room: then it needs no tab. */
  narrow?: boolean;
  onClick: () => void;
}

function Tab({ name, current, count = 0, narrow = false, onClick }: TabProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={narrow ? styles.narrow : undefined}
      aria-current={current || undefined}
      onClick={onClick}
      data-testid={`faq-tab-${name}`}
    >
      {t(`faq.tab.${name}`)}
      {count > 0 && <small>{count}</small>}
    </button>
  );
}

function Hint({ entries, mayEdit }: { entries: readonly FaqEntry[]; mayEdit: boolean }) {
  const { t } = useTranslation();
  const proposals = entries.filter(({ state }) => state === 'proposed').length;
  return (
    <div className={styles.choose}>
      <p>{mayEdit && proposals > 0 ? t('faq.proposals', { count: proposals }) : t('faq.choose')}</p>
    </div>
  );
}

interface FileMenuProps {
  accountId: string;
  mayImport: boolean;
  onImport: () => void;
}

function FileMenu({ accountId, mayImport, onImport }: FileMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="sm"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          data-testid="faq-file-menu"
        >
          {t('faq.file')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {mayImport && (
          <Menu.Item leftSection={<IconUpload size={15} aria-hidden />} onClick={onImport} data-testid="faq-import">
            {t('faq.import.open')}
          </Menu.Item>
        )}
        <Menu.Item
          component="a"
          href={`/api/faq/export?accountId=${accountId}`}
          download
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          {t('faq.export')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
