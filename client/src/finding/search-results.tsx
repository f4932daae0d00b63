import { Button, Skeleton } from '@mantine/core';
import { IconSearchOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import {
  searchLimits,
  type CustomerHit,
  type MessageHit,
  type SearchAnswer,
  type SearchKind,
} from '#libs/contracts/index.js';
import { ApiError } from '../http/api-error.js';
import { useLocale } from '../i18n/i18n.js';
import { serverNow } from '../time/clock.js';
import { formatDateTime } from '../time/format.js';
import { askedOf, isNarrowed } from './asked.js';
import { CannedHits, useCannedHits } from './canned-hits.js';
import { CustomerOption, MessageOption } from './hits.js';
import { searchQuery } from './queries.js';
import { recentSearches } from './recent-searches.js';
import { SearchFilters } from './search-filters.js';
import { SearchTips } from './search-tips.js';
import { useFinding } from './use-finding.js';
import styles from './search-results.module.css';

/** Whoever rests on what was found has searched for it. */
const SEARCHED_MS = 2_000;

export function SearchResults({
  active,
  onWrite,
}: {
  active: string | null;
  onClose: () => void;
  onWrite: (q: string) => void;
}) {
  const { finding, account, openMessage } = useFinding();
  const asked = askedOf({ ...finding, q: finding.q ?? '' }, account, serverNow());
  const search = useInfiniteQuery(searchQuery(asked));
  useEffect(() => {
    const timer = setTimeout(() => recentSearches.add(asked.q), SEARCHED_MS);
    return () => clearTimeout(timer);
  }, [asked.q]);
  if (asked.q === '') return <SearchTips onWrite={onWrite} />;
  const open = (conversationId: string, message?: string) => {
    recentSearches.add(asked.q);
    openMessage(conversationId, message);
  };
  return (
    <div className={styles.whole}>
      <SearchFilters />
      <div className={styles.scroller} data-stale={search.isPlaceholderData || undefined} data-testid="search-results">
        {search.isError && search.data === undefined ? (
          <Failed error={search.error} busy={search.isFetching} onRetry={() => void search.refetch()} />
        ) : search.data === undefined ? (
          <Loading />
        ) : (
          <Found
            answers={search.data.pages}
            active={active}
            onOpen={open}
            hasMore={search.hasNextPage}
            busy={search.isFetchingNextPage}
            failed={search.isFetchNextPageError}
            onMore={() => void search.fetchNextPage()}
          />
        )}
      </div>
    </div>
  );
}

interface FoundProps {
  answers: SearchAnswer[];
  active: string | null;
  onOpen: (conversationId: string, message?: string) => void;
  hasMore: boolean;
  busy: boolean;
  failed: boolean;
  onMore: () => void;
}

function Found({ answers, active, onOpen, hasMore, busy, failed, onMore }: FoundProps) {
  const { t } = useTranslation();
  const { finding } = useFinding();
  const [first] = answers;
  const messages = answers.flatMap((answer) => answer.messages?.hits ?? []);
  const notes = answers.flatMap((answer) => answer.notes?.hits ?? []);
  const customers = first?.customers?.hits ?? [];
  const everything = finding.kind === undefined && !isNarrowed(finding);
  const canned = useCannedHits(everything ? (finding.q ?? '') : '');
  const count = messages.length + notes.length + customers.length + canned.length;
  const last = answers.at(-1);
  const more = hasMore || [first?.messages, first?.notes].some((group) => group?.nextCursor);
  return (
    <>
      <p className="visually-hidden" role="status">
        {count === 0 ? t('finding.foundNone') : t(more ? 'finding.foundMore' : 'finding.found', { count })}
      </p>
      {first?.indexing && <p className={styles.hint}>{t('finding.indexing')}</p>}
      {count === 0 && !more && <Nothing q={finding.q ?? ''} />}
      <Group kind="customers" shown={customers.length} more={customers.length >= searchLimits.glance}>
        {customers.map((hit: CustomerHit) => (
          <CustomerOption key={hit.conversationId} hit={hit} active={active} onOpen={onOpen} />
        ))}
      </Group>
      {finding.kind === 'customers' && first?.customers?.partial && (
        <p className={styles.hint}>{t('finding.cutShortNames')}</p>
      )}
      <Group kind="messages" shown={messages.length} more={!!first?.messages?.nextCursor}>
        {messages.map((hit: MessageHit) => (
          <MessageOption key={hit.id} hit={hit} active={active} onOpen={onOpen} />
        ))}
      </Group>
      <Group kind="notes" shown={notes.length} more={!!first?.notes?.nextCursor}>
        {notes.map((hit: MessageHit) => (
          <MessageOption key={hit.id} hit={hit} active={active} onOpen={onOpen} />
        ))}
      </Group>
      <CannedHits hits={canned} active={active} />
      {last && <HowFar answer={last} />}
      {finding.kind !== undefined && hasMore && (
        <div className={styles.more}>
          {failed && <p role="alert">{t('finding.failed')}</p>}
          <Button variant="default" size="xs" loading={busy} onClick={onMore} data-testid="search-more">
            {t(last?.[finding.kind]?.partial ? 'finding.further' : 'finding.more')}
          </Button>
        </div>
      )}
    </>
  );
}

interface GroupProps {
  kind: SearchKind;
  shown: number;
  more: boolean;
  children: React.ReactNode;
}

function Group({ kind, shown, more, children }: GroupProps) {
  const { t } = useTranslation();
  const { finding, change } = useFinding();
  if (shown === 0 && !(more && finding.kind === undefined)) return null;
  return (
    <section className={styles.group} data-testid={`found-${kind}`}>
      <header>
        <h2>{t(`finding.kinds.${kind}`)}</h2>
        {finding.kind === undefined && more && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => change({ kind }, false)}
            data-testid={`all-${kind}`}
          >
            {t('finding.allOf')}
          </Button>
        )}
      </header>
      {shown > 0 && (
        <div role="listbox" aria-label={t(`finding.kinds.${kind}`)}>
          {children}
        </div>
      )}
    </section>
  );
}

/** Time was up before everything was looked at. */
function HowFar({ answer }: { answer: SearchAnswer }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const cut = [answer.messages, answer.notes].find((group) => group?.partial);
  if (!cut) return null;
  return (
    <p className={styles.hint} role="note">
      {cut.searchedTo === null
        ? t('finding.cutShort')
        : t('finding.searchedTo', { date: formatDateTime(Date.parse(cut.searchedTo), locale) })}
    </p>
  );
}

function Nothing({ q }: { q: string }) {
  const { t } = useTranslation();
  const { finding, change } = useFinding();
  const narrowed = isNarrowed(finding) || finding.kind !== undefined;
  const widen = () =>
    change({
      kind: undefined,
      queue: undefined,
      agent: undefined,
      state: undefined,
      label: undefined,
      since: undefined,
      until: undefined,
      days: undefined,
      media: undefined,
    });
  return (
    <div className={styles.nothing} data-testid="search-nothing">
      <IconSearchOff size={32} stroke={1.4} aria-hidden />
      <h2>{t('finding.noneTitle', { q: q.trim() })}</h2>
      <p>{t('finding.noneText')}</p>
      {narrowed && (
        <Button variant="light" size="sm" onClick={widen}>
          {t('finding.noneNarrowed')}
        </Button>
      )}
    </div>
  );
}

function Failed({ error, busy, onRetry }: { error: Error; busy: boolean; onRetry: () => void }) {
  const { t } = useTranslation();
  const { rule, limit } = (error instanceof ApiError && error.fields?.find(({ field }) => field === 'q')) || {};
  const said = rule === 'nothingToFind' || rule === 'tooLong' || rule === 'tooManyWords';
  const code = error instanceof ApiError ? error.code : 'internal';
  return (
    <div className={styles.nothing} role="alert">
      <p>{said ? t(`finding.fault.${rule}`, { limit }) : `${t('finding.failed')} ${t(`errors.${code}`)}`}</p>
      {!said && (
        <Button size="xs" variant="default" loading={busy} onClick={onRetry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')}>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className={styles.skeleton}>
          <Skeleton height={11} width={`${30 + ((index * 17) % 25)}%`} />
          <Skeleton height={10} mt={10} width={`${65 + ((index * 23) % 30)}%`} />
        </div>
      ))}
    </div>
  );
}
