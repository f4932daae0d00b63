import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold, type CannedResponse, type CannedShelf } from '#libs/contracts/index.js';
import { useCannedSearch } from './canned-search.js';
import { foldersOf, type Folder } from './draft.js';
import { useShelfName } from './shelf-name.js';
import styles from './canned-list.module.css';

interface Props {
  responses: readonly CannedResponse[];
  shelves: readonly CannedShelf[];
  chosen: string | undefined;
}

/** By folder; while something is searched for, by how well it fits. */
export function CannedList({ responses, shelves, chosen }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed).trim();
  const search = useCannedSearch(responses);
  const shelfName = useShelfName(shelves);
  const found = useMemo((): Folder[] => {
    if (query === '') return foldersOf(responses);
    const named = search?.(query) ?? [];
    const wanted = fold(query);
    const within = responses.filter(
      (response) => !named.includes(response) && fold(`${response.folder}\n${response.content.text}`).includes(wanted),
    );
    const all = [...named, ...within];
    return all.length === 0 ? [] : [{ name: '', responses: all }];
  }, [query, responses, search]);
  const several = query === '' && !(found.length === 1 && found[0]!.name === '');

  return (
    <section className={styles.list} aria-label={t('canned.list')} data-testid="canned-list">
      <div className={styles.search}>
        <TextInput
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          aria-label={t('canned.search')}
          placeholder={t('canned.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          data-testid="canned-search"
        />
      </div>
      <div className={styles.folders}>
        {found.map((folder) => (
          <section key={folder.name} aria-label={folder.name || t('canned.noFolder')}>
            {several && (
              <h2>
                {folder.name.replaceAll('/', ' / ') || t('canned.noFolder')}
                <small>{folder.responses.length}</small>
              </h2>
            )}
            <ul>
              {folder.responses.map((response) => (
                <li key={response.id}>
                  <Link
                    to="/canned/$cannedId"
                    params={{ cannedId: response.id }}
                    search={(old) => old}
                    className={styles.row}
                    aria-current={response.id === chosen || undefined}
                    data-testid="canned-row"
                  >
                    <span className={styles.head}>
                      <b>{response.name}</b>
                      {response.shortcut !== null && <code>{`/${response.shortcut}`}</code>}
                    </span>
                    <span className={styles.text}>{response.content.text}</span>
                    <small>{`${shelfName(response)} · ${t('canned.uses', { count: response.uses })}`}</small>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {found.length === 0 && query !== '' && (
          <p className={styles.none} role="status">
            {t('canned.nothingFound', { query })}
          </p>
        )}
      </div>
    </section>
  );
}
