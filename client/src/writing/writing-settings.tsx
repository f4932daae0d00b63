import { SegmentedControl, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { preferences, usePreferences, type Preferences } from '../settings/preferences.js';
import styles from '../console/top-bar.module.css';

const choices: readonly Preferences['undoSeconds'][] = [0, 5, 10];

/** 送信取消 and 送信内容確認, in the user's menu. */
export function WritingSettings() {
  const { t } = useTranslation();
  const { undoSeconds, confirmSend } = usePreferences();
  return (
    <>
      <div className={styles.setting}>
        <span>{t('writing.undoSetting')}</span>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('writing.undoSetting')}
          data-testid="undo-seconds"
          value={String(undoSeconds)}
          onChange={(value) => preferences.set({ undoSeconds: choices.find((each) => String(each) === value) ?? 0 })}
          data={choices.map((seconds) => ({
            value: String(seconds),
            label: seconds === 0 ? t('writing.undoNone') : t('writing.undoSeconds', { seconds }),
          }))}
        />
      </div>
      <UnstyledButton
        className={styles.item}
        role="switch"
        aria-checked={confirmSend}
        data-testid="confirm-switch"
        onClick={() => preferences.set({ confirmSend: !confirmSend })}
      >
        <span className={styles.switch}>
          {t('writing.confirmSetting')}
          <span className={styles.toggle} data-on={confirmSend || undefined} aria-hidden />
        </span>
      </UnstyledButton>
    </>
  );
}
