import { Fragment } from 'react';
import { placeholdersIn, type Placeholder } from './placeholders.js';
import styles from './filled-text.module.css';

interface Props {
  text: string;
  known: (placeholder: Placeholder) => string | null;
}

/** How a text reads when it is taken: what is filled in stands out quietly, what stays empty loudly. */
export function FilledText({ text, known }: Props) {
  const placed = placeholdersIn(text);
  return (
    <span className={styles.text}>
      {placed.map(({ placeholder, written, from }, index) => {
        const value = known(placeholder);
        return (
          <Fragment key={from}>
            {text.slice(placed[index - 1]?.to ?? 0, from)}
            {value ? <span className={styles.filled}>{value}</span> : <mark>{written}</mark>}
          </Fragment>
        );
      })}
      {text.slice(placed.at(-1)?.to ?? 0)}
    </span>
  );
}
