import { UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconChevronRight, IconCopy } from '@tabler/icons-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail, HandOffField, HandOffView } from '#libs/contracts/index.js';
import { showNotice } from '../console/notices.js';
import { openContact } from '../contact-acts/acts-of.js';
import { useLocale } from '../i18n/i18n.js';
import { formatTime } from '../time/format.js';
import { BotFace } from './bot-face.js';
import styles from './bots.module.css';

/** What came along, as long as the contact that it came with is open and with people. */
export function handedOver({ conversation, handOff }: ConversationDetail): HandOffView | null {
  const contact = openContact(conversation);
  return handOff !== null && contact?.id === handOff.contactId && contact.state !== 'bot' ? handOff : null;
}

/** With what a bot handed the customer over: at the head of the panel, or in one line that opens where there is no panel. */
export function HandOffCard({ handOff, line = false }: { handOff: HandOffView; line?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const id = useId();
  const [opened, setOpened] = useState(false);
  const { bot, reason, summary, fields, at } = handOff;
  const why = t(`bots.reason.${reason}`);
  const from = t('bots.card.from', { bot: bot.name, time: formatTime(Date.parse(at), locale) });
  if (!line) {
    return (
      <section className={styles.card} aria-label={t('bots.card.title')} data-testid="hand-off">
        <header>
          <BotFace />
          <span>
            <b>{why}</b>
            <small>{from}</small>
          </span>
        </header>
        <Told summary={summary} fields={fields} />
      </section>
    );
  }
  const more = summary !== null || fields.length > 0;
  const Arrow = opened ? IconChevronDown : IconChevronRight;
  return (
    <section className={styles.strip} aria-label={t('bots.card.title')} data-testid="hand-off">
      <UnstyledButton
        className={styles.stripLine}
        disabled={!more}
        aria-expanded={more ? opened : undefined}
        aria-controls={more ? id : undefined}
        onClick={() => setOpened(!opened)}
        data-testid="hand-off-open"
      >
        <BotFace />
        <span className={styles.stripWords}>
          <b>{why}</b>
          {!opened && summary !== null && <span>{summary}</span>}
        </span>
        {more && <Arrow size={16} aria-hidden />}
      </UnstyledButton>
      {opened && (
        <div id={id} className={styles.stripMore}>
          <small>{from}</small>
          <Told summary={summary} fields={fields} />
        </div>
      )}
    </section>
  );
}

function Told({ summary, fields }: Pick<HandOffView, 'summary' | 'fields'>) {
  return (
    <>
      {summary !== null && (
        <p className={styles.summary} data-testid="hand-off-summary">
          {summary}
        </p>
      )}
      {fields.length > 0 && (
        <dl className={styles.fields}>
          {fields.map((field, index) => (
            <Field key={`${index}-${field.label}`} field={field} />
          ))}
        </dl>
      )}
    </>
  );
}

const COPIED_MS = 1_600;

/** Pressed, it is in the clipboard: what was asked once is not typed again. */
function Field({ field: { label, value } }: { field: HandOffField }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      showNotice(t('bots.card.copyFailed'));
    }
  };
  const Sign = copied ? IconCheck : IconCopy;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <UnstyledButton
          className={styles.value}
          onClick={() => void copy()}
          title={t('bots.card.copy', { label })}
          data-copied={copied || undefined}
          data-testid="hand-off-field"
        >
          <span>{value}</span>
          <Sign size={14} aria-hidden />
          <span className="visually-hidden">{t('bots.card.copy', { label })}</span>
        </UnstyledButton>
        <span role="status" className="visually-hidden">
          {copied && t('bots.card.copied')}
        </span>
      </dd>
    </div>
  );
}
