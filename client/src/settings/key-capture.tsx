import { Button } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyChoice } from '#libs/contracts/index.js';
import { keyWords } from '../console/key-caps.js';
import { isComposing } from '../console/keys.js';
import { conflictOf, faultOf, keysOf, strokeOf, type KeyedCommand } from '../console/keymap.js';
import styles from './settings.module.css';

/** So long a second key may follow. */
const MORE_MS = 1_200;

interface Props {
  command: KeyedCommand;
  choices: readonly KeyChoice[];
  /** @param from the command that has these keys now, and loses them */
  onChosen: (keys: string, from: KeyedCommand | null) => void;
  onClose: () => void;
}

/** Listens to what is pressed next. It is a button, so that no field gets the letters and no command hears them. */
export function KeyCapture({ command, choices, onChosen, onClose }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLButtonElement>(null);
  const [pressed, setPressed] = useState('');
  const [asked, setAsked] = useState<{ keys: string; fault: string; from: KeyedCommand | null } | null>(null);
  useEffect(() => field.current?.focus(), []);

  const take = useEffectEvent((keys: string) => {
    setPressed('');
    const key = keyWords(keys);
    const fault = faultOf(keys);
    if (fault !== null) return setAsked({ keys, fault: t(`settings.fault.${fault}`, { key }), from: null });
    if (keysOf(command, choices).includes(keys)) return onClose();
    const from = conflictOf(keys, command, choices);
    if (from === null) return onChosen(keys, null);
    setAsked({ keys, fault: t('settings.taken', { key, command: t(`keys.name.${from}`) }), from });
  });
  useEffect(() => {
    if (pressed === '') return undefined;
    // With a modifier nothing follows.
    const timer = setTimeout(() => take(pressed), /^(Mod|Alt)\+/.test(pressed) || pressed.includes(' ') ? 0 : MORE_MS);
    return () => clearTimeout(timer);
  }, [pressed]);

  const press = (event: KeyboardEvent) => {
    const { key, keyCode, ctrlKey, metaKey, altKey, shiftKey, nativeEvent } = event;
    const altGraph = nativeEvent.getModifierState('AltGraph');
    const one = { key, keyCode, ctrlKey, metaKey, altKey, shiftKey, altGraph, isComposing: nativeEvent.isComposing };
    if (isComposing(one)) return;
    if (key === 'Tab' && asked === null) return onClose();
    event.preventDefault();
    event.stopPropagation();
    if (key === 'Escape') return onClose();
    const stroke = strokeOf(one);
    if (stroke === null) return;
    setAsked(null);
    setPressed(pressed === '' ? stroke : `${pressed} ${stroke}`);
  };

  return (
    <div className={styles.capture}>
      <button type="button" ref={field} className={styles.listening} onKeyDown={press} data-testid="key-capture">
        {pressed === '' ? t('settings.press') : t('settings.pressMore', { key: keyWords(pressed) })}
      </button>
      <div role="status" className={styles.asked} data-testid="key-said">
        {asked?.fault}
        {asked !== null && asked.from !== null && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onChosen(asked.keys, asked.from)}
            data-testid="key-replace"
          >
            {t('settings.replace')}
          </Button>
        )}
      </div>
      <Button size="compact-xs" variant="subtle" onClick={onClose}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
