import { Button, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../settings/preferences.js';
import { runCommand } from './commands.js';
import { KeyCaps } from './key-caps.js';
import { keyGroups, keysOf, type KeyGroup } from './keymap.js';
import styles from './shortcuts-dialog.module.css';

/** The same map that the keys go by, as this person has it. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { shortcuts, sendKey, keys: choices } = usePreferences();
  const fixed: Partial<Record<KeyGroup, { text: string; keys: string[] }>> = {
    move: { text: t('keys.backName'), keys: ['Escape'] },
    write: { text: t('keys.sendName'), keys: sendKey === 'enter' ? ['Enter', 'Mod+Enter'] : ['Mod+Enter'] },
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      size="md"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.groups} data-testid="cheat-sheet">
        {(Object.keys(keyGroups) as KeyGroup[]).map((group) => (
          <section key={group}>
            <h3>{t(`keys.group.${group}`)}</h3>
            <dl>
              {keyGroups[group].map((command) => (
                <Fragment key={command}>
                  <dt>{t(`keys.name.${command}`)}</dt>
                  <dd>
                    {keysOf(command, choices).map((keys) => (
                      <KeyCaps key={keys} keys={keys} />
                    ))}
                  </dd>
                </Fragment>
              ))}
              {fixed[group] && (
                <>
                  <dt>{fixed[group].text}</dt>
                  <dd>
                    {fixed[group].keys.map((keys) => (
                      <KeyCaps key={keys} keys={keys} />
                    ))}
                  </dd>
                </>
              )}
            </dl>
          </section>
        ))}
        <p>
          {shortcuts ? null : t('keys.off')} {t('keys.ime')}
        </p>
        <Button
          variant="default"
          size="sm"
          onClick={() => {
            onClose();
            runCommand('goSettings');
          }}
          data-testid="change-keys"
        >
          {t('keys.change')}
        </Button>
      </div>
    </Modal>
  );
}
