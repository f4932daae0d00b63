import { useTranslation } from 'react-i18next';
import { showNotice } from '../console/notices.js';
import { useConsole } from '../console/use-console.js';
import { api } from '../http/api.js';
import { SureDialog } from './sure-dialog.js';

interface Props {
  opened: boolean;
  onClose: () => void;
  customerId: string;
  conversationId: string;
}

export function NewPersonDialog({ opened, onClose, customerId, conversationId }: Props) {
  const { t } = useTranslation();
  const { open } = useConsole();
  return (
    <SureDialog
      opened={opened}
      onClose={onClose}
      title={t('customers.newPerson.title')}
      texts={[
        t('customers.newPerson.text'),
        t('customers.newPerson.old'),
        t('customers.newPerson.sent'),
        t('customers.newPerson.irreversible'),
      ]}
      confirm={t('customers.newPerson.confirm')}
      grave
      ask={() => api.newPerson(customerId, conversationId)}
      onDone={(person) => {
        open(person.conversationId);
        showNotice(t('customers.newPerson.done'), 'news');
      }}
    />
  );
}
