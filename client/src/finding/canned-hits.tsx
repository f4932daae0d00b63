import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fold, type CannedResponse } from '#libs/contracts/index.js';
import { useCannedSearch } from '../canned/canned-search.js';
import { cannedQuery } from '../canned/queries.js';
import { optionProps } from './hits.js';
import styles from './search-results.module.css';

const MOST = 5;

/** Canned responses are in the browser already: found by name, reading, shortcut and romaji, then by what they say. */
export function useCannedHits(q: string): CannedResponse[] {
  const { data } = useQuery(cannedQuery());
  const search = useCannedSearch(data?.responses);
  return useMemo(() => {
    const wanted = fold(q.trim());
    if (wanted === '' || !data) return [];
    const named = search?.(q, MOST) ?? [];
    const within = data.responses.filter(
      (response) => !named.includes(response) && fold(`${response.folder}\n${response.content.text}`).includes(wanted),
    );
    return [...named, ...within].slice(0, MOST);
  }, [q, data, search]);
}

export function CannedHits({ hits, active }: { hits: CannedResponse[]; active: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  if (hits.length === 0) return null;
  return (
    <section className={styles.group} data-testid="found-canned">
      <header>
        <h2>{t('finding.canned')}</h2>
      </header>
      <div role="listbox" aria-label={t('finding.canned')}>
        {hits.map(({ id, name, shortcut, content }) => (
          <a
            key={id}
            {...optionProps(
              `hit-canned-${id}`,
              active,
              false,
              () => void navigate({ to: '/canned/$cannedId', params: { cannedId: id }, search: (old) => old }),
            )}
            href={`/canned/${id}`}
            data-testid="canned-hit"
          >
            <span className={styles.top}>
              <span className={styles.name}>{name}</span>
              {shortcut && <span className={styles.time}>/{shortcut}</span>}
            </span>
            <span className={styles.text}>{content.text}</span>
          </a>
        ))}
      </div>
    </section>
  );
}
