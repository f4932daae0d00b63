import { useTranslation } from 'react-i18next';
import { percentOf } from './attached-words.js';
import type { AttachedFile } from './attachments.js';
import styles from './media.module.css';

/** What the server has said it has; nothing is smoothed or guessed. */
export function ProgressTrack({ file }: { file: AttachedFile }) {
  const { t } = useTranslation();
  if (file.state !== 'sending' && file.state !== 'cut' && file.state !== 'waiting') return null;
  return (
    <span
      className={styles.track}
      role="progressbar"
      aria-label={t('media.progress', { name: file.name })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percentOf(file)}
    >
      <span style={{ transform: `scaleX(${file.size === 0 ? 0 : file.received / file.size})` }} />
    </span>
  );
}
