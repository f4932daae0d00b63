import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './dialogs.module.css';

interface Props {
  words: string[];
  onSend: () => void;
  onClose: () => void;
}

export function UnfilledDialog({ words, onSend, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('canned.unfilled.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.words} data-testid="unfilled-dialog">
        <p>{t('canned.unfilled.text')}</p>
        <ul className={styles.marks}>
          {words.map((word) => (
            <li key={word}>
              <mark>{word}</mark>
            </li>
          ))}
        </ul>
      </div>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onSend} data-testid="send-anyway">
          {t('canned.unfilled.send')}
        </Button>
        <Button onClick={onClose} data-autofocus data-testid="go-back">
          {t('canned.unfilled.back')}
        </Button>
      </Group>
    </Modal>
  );
}
