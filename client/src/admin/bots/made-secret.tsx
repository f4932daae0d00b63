import { Button, CopyButton, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from '../../contact-acts/dialogs.module.css';
import own from './bots-screen.module.css';

/** Shown this once: afterwards nobody can read it here. */
export function MadeSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.form} data-testid="made-secret">
      <p className={styles.text}>{t('bots.admin.secretText')}</p>
      <code className={own.secret}>{secret}</code>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} data-autofocus>
              {t(copied ? 'bots.card.copied' : 'bots.admin.copySecret')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </Group>
    </div>
  );
}
