import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useLayoutEffect, useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { cardNumbersIn, forbiddenIn, type ForbiddenWord } from '#libs/contracts/index.js';
import type { Writing } from '../conversations/composer/writing.js';
import { marksOf, type Mark } from './marks.js';
import { placeholdersIn } from './placeholders.js';
import { forbiddenQuery } from './queries.js';
import styles from './field-marks.module.css';

interface Props {
  writing: Writing;
  field: RefObject<HTMLTextAreaElement | null>;
}

const none: ForbiddenWord[] = [];

/**
 * Lies behind the field, with the same words in the same places, unseen but for their marks: what is still to be filled in,
 * and what will be asked about before it is sent. A textarea can mark nothing itself.
 */
export function FieldMarks({ writing: { tab, text, detail }, field }: Props) {
  const { accountId } = detail.conversation;
  const { data = none } = useQuery(forbiddenQuery());
  const words = useMemo(() => data.filter((word) => word.accountId === accountId), [data, accountId]);
  // Looked for after the letter is on the screen; until then only what costs nothing is marked.
  const settled = useDeferredValue(text);
  const found = useMemo(
    () => [
      ...forbiddenIn(settled, words).map(({ start, end }): Mark => ({ from: start, to: end, kind: 'word' })),
      ...cardNumbersIn(settled).map(({ start, end }): Mark => ({ from: start, to: end, kind: 'card' })),
    ],
    [settled, words],
  );
  const marks =
    tab === 'note'
      ? []
      : marksOf([
          ...placeholdersIn(text).map(({ from, to }): Mark => ({ from, to, kind: 'placeholder' })),
          ...(settled === text ? found : []),
        ]);
  if (marks.length === 0) return null;
  return <Backdrop text={text} marks={marks} field={field} />;
}

function Backdrop({ text, marks, field }: { text: string; marks: readonly Mark[]; field: Props['field'] }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [element, behind] = [field.current, place.current];
    if (!element || !behind) return undefined;
    const follow = () => {
      // Without the scrollbar, which takes its room from the words.
      behind.style.width = `${element.clientWidth}px`;
      behind.style.height = `${element.clientHeight}px`;
      behind.scrollTop = element.scrollTop;
    };
    follow();
    element.addEventListener('scroll', follow, { passive: true });
    const size = new ResizeObserver(follow);
    size.observe(element);
    return () => {
      element.removeEventListener('scroll', follow);
      size.disconnect();
    };
  }, [field, text]);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const mark of marks) {
    parts.push(
      text.slice(from, mark.from),
      <mark key={mark.from} data-kind={mark.kind}>
        {text.slice(mark.from, mark.to)}
      </mark>,
    );
    from = mark.to;
  }
  return (
    <div ref={place} className={styles.behind} aria-hidden data-testid="field-marks">
      {parts}
      {text.slice(from)}
      {'\u200b'}
    </div>
  );
}
