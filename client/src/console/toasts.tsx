import { Notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';

/** Loaded beside the first paint: nothing can have failed before it. */
export default function Toasts() {
  const { t } = useTranslation();
  return <Notifications position="bottom-center" autoClose={6000} limit={3} aria-label={t('common.notices')} />;
}
