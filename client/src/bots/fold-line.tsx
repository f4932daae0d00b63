import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BotFace } from './bot-face.js';
import type { BotStretch } from './bot-stretches.js';
import styles from './bots.module.css';

interface Props {
  stretch: BotStretch;
  opened: boolean;
  onTurn: () => void;
}

/** What a bot and the customer said before people came, in one line that opens. */
export function FoldLine({ stretch: { bot, count, summary }, opened, onTurn }: Props) {
  const { t } = useTranslation();
  const name = bot ?? t('bots.bot');
  const Arrow = opened ? IconChevronDown : IconChevronRight;
  return (
    <div className={styles.foldPlace}>
      <UnstyledButton
        className={styles.fold}
        aria-expanded={opened}
        onClick={onTurn}
        data-testid="bot-fold"
        data-count={count}
      >
        <BotFace />
        <span className={styles.foldWords}>
          <b>{t(opened ? 'bots.fold.open' : 'bots.fold.closed', { bot: name, count })}</b>
          {summary !== null && !opened && <span className={styles.foldSummary}>{summary}</span>}
        </span>
        <Arrow size={16} aria-hidden />
      </UnstyledButton>
    </div>
  );
}
