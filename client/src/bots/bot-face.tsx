import { IconRobot } from '@tabler/icons-react';
import styles from './bots.module.css';

/** The sign of whatever is no person. */
export function BotFace({ size = 15 }: { size?: number }) {
  return (
    <span className={styles.face} data-testid="bot-face" aria-hidden>
      <IconRobot size={size} stroke={1.8} />
    </span>
  );
}
