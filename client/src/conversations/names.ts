import { useTranslation } from 'react-i18next';
import type { ConversationRow, CustomerView } from '#libs/contracts/index.js';

/** How a customer is called on the screen: the name with 様, or else the number. */
export function useCustomerName(): (customer: CustomerView) => string {
  const { t } = useTranslation();
  return (customer) => {
    if (customer.name) return t('list.sama', { name: customer.name });
    return hasNumber(customer) ? customer.phoneDisplay : t('list.noNumber');
  };
}

/** She shows her number, whether or not whoever looks may see it whole. */
export function hasNumber({ phone, phoneMasked }: Pick<CustomerView, 'phone' | 'phoneMasked'>): boolean {
  return phone !== null || phoneMasked;
}

/** The last message in one line, worded where it has no text of its own. */
export function usePreview(): (row: ConversationRow) => string {
  const { t } = useTranslation();
  return ({ lastMessage }) => {
    if (!lastMessage) return t('list.none');
    const { preview, contentType, author } = lastMessage;
    const text = contentType === 'press' ? t('preview.press', { label: preview }) : preview || t(wordless[contentType]);
    if (author === 'agent') return t('preview.agent', { text });
    return author === 'bot' ? t('preview.bot', { text }) : text;
  };
}

const wordless = {
  press: 'list.none',
  text: 'list.none',
  media: 'preview.file',
  location: 'preview.location',
  device: 'preview.device',
  activity: 'preview.activity',
  unsupported: 'preview.unsupported',
} as const;
