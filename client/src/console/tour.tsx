import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { preferences, usePreferences } from '../settings/preferences.js';
import { runCommand } from './commands.js';
import { KeyCaps } from './key-caps.js';
import { keysOf, type KeyedCommand } from './keymap.js';
import styles from './tour.module.css';

const steps = [
  { words: 'ready', commands: ['state', 'acceptOffer', 'declineOffer'] },
  { words: 'answer', commands: ['reply', 'note', 'closeAndNext'] },
  { words: 'move', commands: ['next', 'previous', 'search', 'palette'] },
  { words: 'own', commands: ['goSettings', 'help'] },
] as const satisfies readonly { words: string; commands: readonly KeyedCommand[] }[];

/**
 * Shows somebody around who is here for the first time, in the place that is empty anyway: it covers nothing, takes no
 * key, and work may begin over it at any moment.
 */
export function Tour({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { keys: choices } = usePreferences();
  const [at, setAt] = useState(0);
  const { words, commands } = steps[at]!;
  const done = () => {
    preferences.set({ toured: true });
    onClose();
  };
  return (
    <section className={styles.tour} aria-label={t('tour.title')} data-testid="tour">
      <p className={styles.place}>
        {t('tour.title')} {t('tour.place', { at: at + 1, of: steps.length })}
      </p>
      <div aria-live="polite">
        <h1>{t(`tour.${words}.title`)}</h1>
        <p>{t(`tour.${words}.text`)}</p>
        <dl>
          {commands.map((command) => (
            <div key={command}>
              <dt>{t(`keys.name.${command}`)}</dt>
              <dd>
                {keysOf(command, choices)
                  .slice(0, 2)
                  .map((keys) => (
                    <KeyCaps key={keys} keys={keys} />
                  ))}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <footer>
        <Button variant="subtle" size="sm" onClick={done} data-testid="tour-skip">
          {t('tour.skip')}
        </Button>
        {at > 0 && (
          <Button variant="default" size="sm" onClick={() => setAt(at - 1)}>
            {t('tour.back')}
          </Button>
        )}
        {at < steps.length - 1 ? (
          <Button size="sm" onClick={() => setAt(at + 1)} data-testid="tour-next">
            {t('tour.next')}
          </Button>
        ) : (
          <Button
            size="sm"
            onClick={() => {
              done();
              runCommand('goUnassigned');
            }}
            data-testid="tour-done"
          >
            {t('tour.done')}
          </Button>
        )}
      </footer>
    </section>
  );
}
