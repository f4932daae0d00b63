import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { altKey, modKey } from './use-shortcuts.js';
import styles from './key-caps.module.css';

const signs: Record<string, string> = {
  Mod: modKey,
  Alt: altKey,
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** `Ctrl Alt E`; as people say it, and as it stands on the keys. */
export function keyWords(keys: string): string {
  return keys
    .split(' ')
    .map((stroke) =>
      stroke
        .split('+')
        .map((part) => signs[part] ?? (part.length === 1 && stroke.includes('+') ? part.toUpperCase() : part))
        .join(' + '),
    )
    .join('  ');
}

/** One after the other, as they are pressed. */
export function KeyCaps({ keys }: { keys: string }) {
  return (
    <span className={styles.caps}>
      {keys.split(' ').map((stroke, place) => (
        <Fragment key={`${place} ${stroke}`}>
          <Kbd>{keyWords(stroke)}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
