import { Button, CloseButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferenceLimits } from '#libs/contracts/index.js';
import { KeyCaps, keyWords } from '../console/key-caps.js';
import { isUsual, keyGroups, keysOf, withKeys, type KeyGroup, type KeyedCommand } from '../console/keymap.js';
import { KeyCapture } from './key-capture.js';
import { preferences, usePreferences } from './preferences.js';
import { Section, Switch } from './section.js';
import styles from './settings.module.css';

/** The map of keys, changeable command by command. */
export function KeysSection() {
  const { t } = useTranslation();
  const { shortcuts, keys: choices } = usePreferences();
  const [adding, setAdding] = useState<KeyedCommand | null>(null);
  const choose = (command: KeyedCommand, keys: readonly string[]) =>
    preferences.set({ keys: withKeys(preferences.get().keys, command, keys) });

  return (
    <Section title={t('settings.keys')} hint={t('settings.follows')}>
      <Switch
        label={t('settings.singleKeys')}
        hint={t('settings.singleKeysHint')}
        on={shortcuts}
        onTurn={() => preferences.set({ shortcuts: !shortcuts })}
        testId="shortcuts-switch"
      />
      {(Object.keys(keyGroups) as KeyGroup[]).map((group) => (
        <div key={group} className={styles.group}>
          <h3>{t(`keys.group.${group}`)}</h3>
          {keyGroups[group].map((command) => {
            const name = t(`keys.name.${command}`);
            const keys = keysOf(command, choices);
            return (
              <div key={command} className={styles.command} data-testid="keyed-command" data-command={command}>
                <span className={styles.name}>{name}</span>
                <span className={styles.keys}>
                  {keys.map((each) => (
                    <span key={each} className={styles.chip}>
                      <KeyCaps keys={each} />
                      <CloseButton
                        size="xs"
                        aria-label={t('settings.removeKey', { command: name, key: keyWords(each) })}
                        onClick={() =>
                          choose(
                            command,
                            keys.filter((other) => other !== each),
                          )
                        }
                        data-testid="remove-key"
                      />
                    </span>
                  ))}
                  {keys.length === 0 && <span className={styles.none}>{t('keys.none')}</span>}
                  {keys.length < preferenceLimits.keysEach && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      leftSection={<IconPlus size={13} aria-hidden />}
                      aria-label={t('settings.addKeyTo', { command: name })}
                      onClick={() => setAdding(command)}
                      data-testid="add-key"
                    >
                      {t('settings.addKey')}
                    </Button>
                  )}
                  {!isUsual(command, choices) && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => preferences.set({ keys: withoutChoice(command) })}
                      aria-label={t('settings.resetOne', { command: name })}
                    >
                      {t('settings.usual')}
                    </Button>
                  )}
                </span>
                {adding === command && (
                  <KeyCapture
                    command={command}
                    choices={choices}
                    onChosen={(each, from) => {
                      const rest = preferences.get().keys;
                      const freed =
                        from === null
                          ? rest
                          : withKeys(
                              rest,
                              from,
                              keysOf(from, rest).filter((other) => !meets(other, each)),
                            );
                      preferences.set({ keys: withKeys(freed, command, [...keysOf(command, freed), each]) });
                      setAdding(null);
                    }}
                    onClose={() => setAdding(null)}
                  />
                )}
              </div>
            );
          })}
        </div>
      ))}
      <div className={styles.row}>
        <Button
          size="xs"
          variant="default"
          disabled={choices.length === 0}
          onClick={() => preferences.set({ keys: [] })}
          data-testid="reset-keys"
        >
          {t('settings.reset')}
        </Button>
      </div>
    </Section>
  );
}

function withoutChoice(command: KeyedCommand) {
  return preferences.get().keys.filter((choice) => choice.command !== command);
}

/** One could not be pressed without the other. */
function meets(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}
