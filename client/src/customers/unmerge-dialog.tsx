import { useTranslation } from 'react-i18next';
import { showNotice } from '../console/notices.js';
import { api } from '../http/api.js';
import { SureDialog } from './sure-dialog.js';

interface Props {
  opened: boolean;
  onClose: () => void;
  customerId: string;
  mergeId: string;
  onDone: () => void;
}

export function UnmergeDialog({ opened, onClose, customerId, mergeId, onDone }: Props) {
  const { t } = useTranslation();
  return (
    <SureDialog
      opened={opened}
      onClose={onClose}
      title={t('customers.merge.undoTitle')}
      texts={[t('customers.merge.undoText')]}
      confirm={t('customers.merge.undo')}
      ask={() => api.unmerge(customerId, mergeId)}
      onDone={() => {
        onDone();
        showNotice(t('customers.merge.undone'), 'news');
      }}
    />
  );
}
