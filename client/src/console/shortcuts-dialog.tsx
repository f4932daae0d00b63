import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../settings/preferences.js';
import { altKey, modKey } from './use-shortcuts.js';
import styles from './shortcuts-dialog.module.css';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { shortcuts, sendKey } = usePreferences();
  const groups: { title: string; keys: { keys: string[]; text: string }[] }[] = [
    {
      title: t('shortcuts.navigate'),
      keys: [
        { keys: ['j', 'k'], text: t('shortcuts.next') },
        { keys: ['/'], text: t('finding.keySearch') },
        { keys: ['o', 'Enter'], text: t('shortcuts.open') },
        { keys: [`${altKey} ↑`, `${altKey} ↓`], text: t('shortcuts.whileTyping') },
        { keys: ['Esc'], text: t('shortcuts.back') },
      ],
    },
    {
      title: t('shortcuts.write'),
      keys: [
        { keys: ['r'], text: t('shortcuts.reply') },
        { keys: ['n'], text: t('shortcuts.note') },
        {
          keys: sendKey === 'enter' ? ['Enter', `${modKey} Enter`] : [`${modKey} Enter`],
          text: t('shortcuts.send'),
        },
      ],
    },
    {
      title: t('shortcuts.work'),
      keys: [
        { keys: [`${altKey} A`, `${altKey} D`], text: t('offers.keys') },
        { keys: ['a'], text: t('shortcuts.take') },
        { keys: ['t'], text: t('acts.transfer') },
        { keys: ['h'], text: t('acts.keyHold') },
        { keys: ['z'], text: t('acts.snooze') },
        { keys: ['p'], text: t('acts.keyPriority') },
        { keys: ['l'], text: t('customers.labels.add') },
        { keys: ['y'], text: t('acts.reasons') },
        { keys: ['w'], text: t('acts.keyWrapUp') },
        { keys: [`${modKey} ${altKey} E`], text: t('shortcuts.closeNext') },
        { keys: ['s'], text: t('shortcuts.state') },
        { keys: ['?'], text: t('shortcuts.help') },
      ],
    },
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shortcuts.title')}
      size="md"
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.groups} data-testid="cheat-sheet">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(({ keys, text }) => (
                <Fragment key={text}>
                  <dt>{text}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <p>
          {shortcuts ? null : t('shortcuts.offNote')} {t('shortcuts.imeNote')}
        </p>
      </div>
    </Modal>
  );
}
