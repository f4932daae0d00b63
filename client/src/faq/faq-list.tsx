import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold, type FaqEntry } from '#libs/contracts/index.js';
import { serverNow } from '../time/clock.js';
import styles from './faq-list.module.css';

/** Readings and romaji are asked for with the first list that is opened. */
function rankingQuery() {
  return queryOptions({
    queryKey: ['code', 'ranking'],
    queryFn: () => import('../matching/ranking.js'),
    gcTime: Infinity,
  });
}

interface Group {
  category: string;
  entries: FaqEntry[];
}

/** By category; while something is searched for, by how well it fits. Proposals stand first: they wait for somebody. */
export function FaqList({ entries, chosen }: { entries: readonly FaqEntry[]; chosen: string | undefined }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed).trim();
  const { data: ranking } = useQuery(rankingQuery());
  const search = useMemo(
    () =>
      ranking?.searchIn(entries, {
        names: ({ phrasings, reading, category }) => [...phrasings, reading, category],
        often: ({ answered }) => answered,
      }),
    [entries, ranking],
  );
  const groups = useMemo((): Group[] => {
    if (query === '') return groupsOf(entries);
    const named = search?.(query) ?? [];
    const wanted = fold(query);
    const within = entries.filter((entry) => !named.includes(entry) && fold(entry.content.text).includes(wanted));
    const all = [...named, ...within];
    return all.length === 0 ? [] : [{ category: '', entries: all }];
  }, [query, entries, search]);
  const several = query === '' && !(groups.length === 1 && groups[0]!.category === '');

  return (
    <section className={styles.list} aria-label={t('faq.list')} data-testid="faq-list">
      <div className={styles.search}>
        <TextInput
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          aria-label={t('faq.search')}
          placeholder={t('faq.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          data-testid="faq-search"
        />
      </div>
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group.category} aria-label={group.category || t('faq.noCategory')}>
            {several && (
              <h2>
                {group.category || t('faq.noCategory')}
                <small>{group.entries.length}</small>
              </h2>
            )}
            <ul>
              {group.entries.map((entry) => (
                <Row key={entry.id} entry={entry} chosen={entry.id === chosen} />
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && query !== '' && (
          <p className={styles.none} role="status">
            {t('faq.nothingFound', { query })}
          </p>
        )}
      </div>
    </section>
  );
}

function Row({ entry, chosen }: { entry: FaqEntry; chosen: boolean }) {
  const { t } = useTranslation();
  const { id, phrasings, content, state, language, answered, validFrom, validUntil } = entry;
  const now = new Date(serverNow()).toISOString();
  const idle = (validFrom !== null && now < validFrom) || (validUntil !== null && validUntil <= now);
  const marks = [
    phrasings.length > 1 ? t('faq.phrasings', { count: phrasings.length }) : null,
    answered > 0 ? t('faq.answeredCount', { count: answered }) : null,
    language === 'en' ? t('faq.lang.en') : null,
  ].filter((mark) => mark !== null);
  return (
    <li>
      <Link
        to="/admin/faq/$faqPlace"
        params={{ faqPlace: id }}
        search={(old) => old}
        className={styles.row}
        aria-current={chosen || undefined}
        data-state={state}
        data-testid="faq-row"
      >
        <span className={styles.head}>
          <b>{phrasings[0]}</b>
          {state !== 'on' && <em>{t(`faq.state.${state}`)}</em>}
          {state === 'on' && idle && <em>{t('faq.expired')}</em>}
        </span>
        <span className={styles.text}>{content.text}</span>
        {marks.length > 0 && <small>{marks.join(' · ')}</small>}
      </Link>
    </li>
  );
}

const { compare: inOrder } = new Intl.Collator('ja', { numeric: true });

function groupsOf(entries: readonly FaqEntry[]): Group[] {
  const groups = new Map<string, FaqEntry[]>();
  for (const entry of entries.toSorted((a, b) => inOrder(a.phrasings[0]!, b.phrasings[0]!))) {
    const known = groups.get(entry.category);
    if (known) known.push(entry);
    else groups.set(entry.category, [entry]);
  }
  return [...groups]
    .map(([category, inside]) => ({
      category,
      entries: inside.toSorted((a, b) => Number(b.state === 'proposed') - Number(a.state === 'proposed')),
    }))
    .sort((a, b) => Number(a.category === '') - Number(b.category === '') || inOrder(a.category, b.category));
}
