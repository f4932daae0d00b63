import { CloseButton, Kbd } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../console/commands.js';
import { isComposing } from '../console/keys.js';
import { later } from '../console/later.js';
import { usePreferences } from '../settings/preferences.js';
import { useFinding } from './use-finding.js';
import styles from './search-pane.module.css';

const SearchResults = later(() => import('./search-results.js').then((module) => module.SearchResults));

/** Whoever writes on is not asked for after every key. */
const REST_MS = 220;

/** The box above the list; what it finds lies over the list, which stays as it is for whoever comes back. */
export function SearchPane() {
  const { t } = useTranslation();
  const { finding, change, begin, end } = useFinding();
  const { shortcuts } = usePreferences();
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const open = finding.q !== undefined;
  const input = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLDivElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(finding.q ?? '');
  const [told, setTold] = useState(finding.q);
  const [active, setActive] = useState<string | null>(null);
  // The address changed by another hand: back, a recent search, a link.
  if (finding.q !== told) {
    setTold(finding.q);
    setText(finding.q ?? '');
    setActive(null);
  }

  const tell = (q: string) => {
    clearTimeout(timer.current);
    setActive(null);
    setTold(q);
    change({ q }, open);
  };
  const write = (words: string, composing: boolean) => {
    setText(words);
    clearTimeout(timer.current);
    if (!composing) timer.current = setTimeout(() => tell(words), REST_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  const enter = () => {
    if (document.activeElement !== input.current) cameFrom.current = document.activeElement as HTMLElement | null;
    if (!open || phone) begin(phone);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.select();
    });
  };
  const leave = () => {
    clearTimeout(timer.current);
    end();
    input.current?.blur();
    if (cameFrom.current?.isConnected) cameFrom.current.focus();
    cameFrom.current = null;
  };
  const options = () => [...(results.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
  const step = (by: number) => {
    const all = options();
    const at = all.findIndex(({ id }) => id === active);
    const next = all[at === -1 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    if (!next) return;
    setActive(next.id);
    next.scrollIntoView({ block: 'nearest' });
  };
  useCommand('search', enter);
  useCommand('back', leave, open);
  useCommand('next', () => step(1), open);
  useCommand('previous', () => step(-1), open);

  const press = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = options().find(({ id }) => id === active);
      if (chosen) chosen.click();
      else tell(text);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };
  return (
    <search className={styles.search} data-open={open || undefined}>
      <div className={styles.box}>
        <IconSearch size={16} aria-hidden className={styles.icon} />
        <input
          ref={input}
          className={styles.input}
          type="text"
          role="combobox"
          aria-label={t('finding.label')}
          aria-expanded={open}
          aria-controls={open ? 'search-results' : undefined}
          aria-activedescendant={active ?? undefined}
          aria-autocomplete="list"
          autoComplete="off"
          enterKeyHint="search"
          placeholder={t('finding.placeholder')}
          maxLength={200}
          value={text}
          onClick={() => {
            if (!open) begin(false);
          }}
          onChange={(event) =>
            write(
              event.currentTarget.value,
              (event.nativeEvent as Event & { isComposing?: boolean }).isComposing === true,
            )
          }
          onCompositionEnd={(event) => write(event.currentTarget.value, false)}
          onKeyDown={press}
          data-testid="search-input"
        />
        {open ? (
          <CloseButton size="sm" aria-label={t('finding.clear')} onClick={leave} data-testid="search-close" />
        ) : (
          shortcuts && (
            <Kbd size="xs" className={styles.key} aria-hidden>
              /
            </Kbd>
          )
        )}
      </div>
      {open && (
        <div className={styles.results} id="search-results" ref={results}>
          <SearchResults active={active} onClose={leave} onWrite={tell} />
        </div>
      )}
    </search>
  );
}
