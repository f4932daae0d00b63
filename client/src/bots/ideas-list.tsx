import { Button, Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { botLimits, type BotIdeaView } from '#libs/contracts/index.js';
import { hangChips } from '../canned/chips.js';
import { isComposing } from '../console/keys.js';
import { pressOf } from '../conversations/composer/press-of.js';
import type { Hands } from '../conversations/composer/writing.js';
import { ideasQuery } from './queries.js';
import styles from './bots.module.css';

interface Props {
  hands: Hands;
  /** What was said last: other words, other ideas. */
  lastSeq: number;
  /** Something was chosen, or nothing is wanted: back to the field. */
  onDone: () => void;
}

/** Up to three, best first: arrows and Enter, or 1, 2, 3. */
export function IdeasList({ hands, lastSeq, onDone }: Props) {
  const { t } = useTranslation();
  const { conversationId } = hands;
  const found = useQuery(ideasQuery(conversationId, lastSeq));
  const box = useRef<HTMLDivElement>(null);
  const ideas = found.data?.slice(0, botLimits.ideas) ?? [];
  const several = new Set(ideas.map(({ bot }) => bot.id)).size > 1;
  const buttons = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-idea]') ?? [])];
  // Whoever opened it looks for the first one; the keyboard waits here, not in the field.
  useEffect(() => {
    (buttons()[0] ?? box.current)?.focus();
  }, [ideas.length]);

  const take = ({ text, suggestions }: BotIdeaView) => {
    const before = hands.words();
    hands.insert(before === '' || before.endsWith('\n') ? text : `\n${text}`);
    if (suggestions && suggestions.length > 0) hangChips(conversationId, suggestions);
    onDone();
  };
  const press = (event: KeyboardEvent) => {
    if (isComposing(pressOf(event))) return;
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const nth = /^[1-9]$/.test(event.key) ? ideas[Number(event.key) - 1] : undefined;
    if (nth) take(nth);
    else if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
    else if (event.key === 'ArrowUp') all[(at + all.length - 1) % all.length]?.focus();
    else if (event.key === 'Escape') onDone();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={box} className={styles.ideas} tabIndex={-1} onKeyDown={press} aria-busy={found.isFetching || undefined}>
      <header>
        <b>{t('bots.ideas.title')}</b>
        <small>{t('bots.ideas.hint')}</small>
      </header>
      <div role="status" className="visually-hidden">
        {found.isFetching ? t('bots.ideas.loading') : found.data ? t('bots.ideas.found', { count: ideas.length }) : ''}
      </div>
      {found.isFetching ? (
        <div className={styles.waiting} data-testid="ideas-loading">
          <Skeleton height={13} width="90%" />
          <Skeleton height={13} width="70%" />
        </div>
      ) : found.isError ? (
        <div className={styles.none} role="alert" data-testid="ideas-failed">
          <p>{t('bots.ideas.failed')}</p>
          <Button size="compact-sm" variant="default" onClick={() => void found.refetch()}>
            {t('common.retry')}
          </Button>
        </div>
      ) : ideas.length === 0 ? (
        <p className={styles.none} data-testid="ideas-empty">
          {t('bots.ideas.empty')}
        </p>
      ) : (
        <ol>
          {ideas.map((idea, index) => (
            <li key={`${idea.bot.id}-${idea.text}`}>
              <UnstyledButton className={styles.idea} data-idea onClick={() => take(idea)} data-testid="idea">
                <kbd aria-hidden>{index + 1}</kbd>
                <span>
                  <span className={styles.ideaText}>{idea.text}</span>
                  <small>
                    {[
                      several ? idea.bot.name : null,
                      idea.source === undefined ? null : t('bots.ideas.source', { source: idea.source }),
                      idea.suggestions?.length ? t('bots.ideas.chips', { count: idea.suggestions.length }) : null,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
