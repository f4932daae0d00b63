import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow } from '#libs/contracts/index.js';
import { ActDialog } from '../contact-acts/act-dialog.js';
import { Picker } from '../contact-acts/picker.js';
import { searchIn } from '../matching/ranking.js';
import { LabelChip } from './label-chip.js';
import { labelsQuery } from './queries.js';
import { useLabelActs } from './use-label-acts.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  row: ConversationRow;
}

/** Enter puts one on or takes it off, and the hands stay on the keys for the next. */
export function LabelDialog({ opened, onClose, row }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('customers.labels.dialog')} size={420}>
      <LabelList row={row} />
    </ActDialog>
  );
}

function LabelList({ row }: { row: ConversationRow }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const { data, isError } = useQuery(labelsQuery());
  const set = useLabelActs(row.id);
  if (isError && !data) return <p role="alert">{t('customers.failed')}</p>;
  const offered = (data ?? []).filter((label) => label.accountId === row.accountId && label.active);
  if (data && offered.length === 0) return <p className={styles.hint}>{t('customers.labels.empty')}</p>;
  const found = searchIn(offered, { names: ({ name }) => [name] })(search);
  return (
    <div className={styles.labels} data-testid="label-dialog">
      <Picker
        label={t('customers.labels.search')}
        placeholder={t('customers.labels.search')}
        search={search}
        onSearch={setSearch}
        options={found.map((label) => ({ id: label.id, disabled: false, face: <LabelChip label={label} /> }))}
        chosen={row.labelIds}
        onChoose={(id) => set.mutate(row.labelIds.includes(id) ? { remove: [id] } : { add: [id] })}
        nobody={t('customers.labels.nobody')}
        optionTestId="label-option"
      />
      <p className={styles.hint}>{t('customers.labels.hint')}</p>
    </div>
  );
}
