import { Popover } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { stickers, type Sticker } from '#libs/contracts/index.js';
import styles from './sticker-picker.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  onPick: (sticker: Sticker) => void;
  /** What opens it. */
  children: ReactElement;
}

export function StickerPicker({ opened, onClose, onPick, children }: Props) {
  const { t } = useTranslation();
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && onClose()}
      position="top-start"
      trapFocus
      returnFocus
      withinPortal
      withRoles={false}
      zIndex={160}
    >
      <Popover.Target>
        <span className={styles.opener}>{children}</span>
      </Popover.Target>
      <Popover.Dropdown p={8} role="dialog" aria-label={t('media.sticker')}>
        <div className={styles.grid} data-testid="stickers">
          {stickers.map((sticker) => (
            <button
              key={sticker}
              type="button"
              className={styles.sticker}
              onClick={() => onPick(sticker)}
              data-testid="sticker-choice"
            >
              <img src={`/api/stickers/${sticker}`} alt="" width={72} height={72} loading="lazy" />
              <span>{t(`media.stickerOf.${sticker}`)}</span>
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
