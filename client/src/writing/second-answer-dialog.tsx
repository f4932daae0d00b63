import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#libs/contracts/index.js';
import { ActDialog } from '../contact-acts/act-dialog.js';
import { useLocale } from '../i18n/i18n.js';
import { formatTime } from '../time/format.js';
import styles from './writing.module.css';

export interface SecondAnswerProps {
  /** The reply that stands there already. */
  theirs: MessageView | undefined;
  /** Who is writing one. */
  writer: string | null;
  onAnswer: (go: boolean) => void;
  onClose: () => void;
}

export function SecondAnswerDialog({ theirs, writer, onAnswer, onClose }: SecondAnswerProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const name = theirs ? theirs.author.name : writer;
  const who = name ?? t('thread.someone');
  return (
    <ActDialog opened onClose={onClose} title={t('writing.secondTitle')} size={480}>
      <div data-testid="second-answer">
        <p className={styles.said}>
          {theirs
            ? t('writing.secondAnswered', { name: who, time: formatTime(Date.parse(theirs.at), locale) })
            : t('writing.secondWriting', { name: who })}
        </p>
        {theirs?.content.type === 'text' && <blockquote className={styles.quote}>{theirs.content.text}</blockquote>}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose} data-autofocus data-testid="second-back">
            {t('writing.secondBack')}
          </Button>
          <Button onClick={() => onAnswer(true)} data-testid="second-send">
            {t('writing.secondSend')}
          </Button>
        </Group>
      </div>
    </ActDialog>
  );
}
