import { Button, Group, Modal } from '@mantine/core';
import { IconBan, IconAlertTriangle, IconCreditCard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ForbiddenWord } from '#libs/contracts/index.js';
import styles from './dialogs.module.css';

interface Props {
  words: readonly ForbiddenWord[];
  cards: number;
  onSend: () => void;
  onClose: () => void;
}

/** Names what was found; what is let through at all is let through by a person. */
export function WarningDialog({ words, cards, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const blocked = words.some(({ severity }) => severity === 'block');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(blocked ? 'canned.warning.blocked' : 'canned.warning.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.words} data-testid="warning-dialog" data-blocked={blocked || undefined}>
        {words.length > 0 && (
          <>
            <p>{t('canned.warning.words')}</p>
            <ul className={styles.found}>
              {words.map(({ id, word, severity, note }) => (
                <li key={id} data-severity={severity}>
                  {severity === 'block' ? (
                    <IconBan size={17} aria-hidden />
                  ) : (
                    <IconAlertTriangle size={17} aria-hidden />
                  )}
                  <span>
                    <b>{word}</b>
                    <small>
                      {t(severity === 'block' ? 'canned.warning.blockedWord' : 'canned.warning.warnedWord')}
                    </small>
                    {note !== '' && <span className={styles.note}>{note}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        {cards > 0 && (
          <p className={styles.card}>
            <IconCreditCard size={18} aria-hidden />
            <span>
              <b>{t('canned.warning.card')}</b>
              <br />
              {t('canned.warning.cardAbout')}
            </span>
          </p>
        )}
      </div>
      <Group justify="flex-end" mt="md">
        {!blocked && (
          <Button variant="default" onClick={onSend} data-testid="send-anyway">
            {t('canned.warning.send')}
          </Button>
        )}
        <Button onClick={onClose} data-autofocus data-testid="go-back">
          {t('canned.warning.back')}
        </Button>
      </Group>
    </Modal>
  );
}
