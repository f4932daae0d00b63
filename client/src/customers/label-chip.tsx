import { useTranslation } from 'react-i18next';
import type { LabelView } from '#libs/contracts/index.js';
import { useLabelsOf } from './queries.js';
import styles from './label-chip.module.css';

export function LabelChip({ label }: { label: Pick<LabelView, 'name' | 'color'> }) {
  return (
    <span className={styles.chip} data-color={label.color} data-testid="label">
      {label.name}
    </span>
  );
}

const IN_A_ROW = 2;

/** Two at most; how many more there are is said. */
export function RowLabels({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const labels = useLabelsOf(ids);
  if (labels.length === 0) return null;
  const more = labels.length - IN_A_ROW;
  return (
    <span className={styles.row} data-testid="row-labels" title={labels.map(({ name }) => name).join(', ')}>
      <span className="visually-hidden">{t('labels.title')}</span>
      {labels.slice(0, IN_A_ROW).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {more > 0 && (
        <span className={styles.more}>
          <span aria-hidden>+{more}</span>
          <span className="visually-hidden">{t('labels.more', { count: more })}</span>
        </span>
      )}
    </span>
  );
}
