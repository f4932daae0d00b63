import { useLayoutEffect, useRef, type CSSProperties, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaretItem, OpenMenu } from './caret-menu.js';
import type { Writing } from './writing.js';
import styles from './caret-list.module.css';

interface Props {
  id: string;
  open: OpenMenu;
  writing: Writing;
  active: number;
  onPoint: (index: number) => void;
  onPick: (item: CaretItem) => void;
  /** What may be picked now, for the keys of the field. */
  items: RefObject<readonly CaretItem[]>;
}

/** Stands above the line that is being written, and never wider than the composer. */
export function CaretList({ id, open, writing, active, onPoint, onPick, items }: Props) {
  const { t } = useTranslation();
  const choices = open.menu.useChoices(open.query, writing);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    items.current = choices.items;
  });
  const pointed = Math.min(active, choices.items.length - 1);
  useLayoutEffect(() => {
    list.current?.children[pointed]?.scrollIntoView({ block: 'nearest' });
  }, [pointed]);
  const said = {
    loading: t('common.loading'),
    failed: t('composer.menuFailed'),
    ready: choices.items.length > 0 ? t('composer.menuCount', { count: choices.items.length }) : choices.empty,
  }[choices.state];

  return (
    <div
      className={styles.place}
      style={{ '--caret-left': `${open.point.left}px`, '--caret-top': `${open.point.top}px` } as CSSProperties}
      // The cursor stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      data-testid="caret-menu"
      data-menu={open.menu.name}
    >
      <div ref={list} id={id} role="listbox" aria-label={choices.label} className={styles.list}>
        {choices.items.map((item, index) => (
          <div
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === pointed}
            className={styles.item}
            onMouseMove={() => index !== pointed && onPoint(index)}
            onClick={() => onPick(item)}
            data-testid="caret-item"
          >
            {item.content}
          </div>
        ))}
      </div>
      <p className={choices.items.length > 0 ? 'visually-hidden' : styles.said} role="status">
        {said}
      </p>
    </div>
  );
}
