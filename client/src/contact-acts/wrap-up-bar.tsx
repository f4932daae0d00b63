import { Button, Textarea } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { contactLimits, type ContactView, type ConversationDetail } from '#libs/contracts/index.js';
import { runCommand, useCommand } from '../console/commands.js';
import { isSendKey } from '../console/keys.js';
import { showFault, showNotice } from '../console/notices.js';
import { toApiError } from '../http/api-error.js';
import { useLocale } from '../i18n/i18n.js';
import { useSession } from '../session/session.js';
import { serverNow, useServerSecond } from '../time/clock.js';
import { formatElapsed } from '../time/format.js';
import { openContact } from './acts-of.js';
import { DispositionSelect } from './disposition-select.js';
import { useQueueOf } from './queries.js';
import { useActs } from './use-acts.js';
import { dropWords, keepWords, wordsOf } from './wrap-up-words.js';
import styles from './wrap-up-bar.module.css';

/** So long before its end what was written is sent along: the server ends it without a word. */
const LAST_MOMENT_MS = 2_000;

/** 後処理 of one's own contact, above the field for writing. Says so when the customer ends it by writing. */
export function WrapUp({ detail }: { detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { agent: me } = useSession();
  const contact = openContact(detail.conversation);
  const wrapping = contact?.state === 'wrapup' && contact.assignee?.id === me.id ? contact : null;
  const last = useRef<string | null>(null);
  const wrote = detail.conversation.waitingSince !== null && contact?.assignee?.id === me.id;
  useEffect(() => {
    const before = last.current;
    last.current = wrapping?.id ?? null;
    if (before !== null && wrapping === null && contact?.id === before && wrote)
      showNotice(t('acts.wrapUpWrote'), 'news');
  }, [wrapping, contact?.id, wrote, t]);
  return wrapping && <Bar key={wrapping.id} contact={wrapping} conversationId={detail.conversation.id} />;
}

function Bar({ contact, conversationId }: { contact: ContactView; conversationId: string }) {
  const { t } = useTranslation();
  const queue = useQueueOf(contact);
  const [words, setWords] = useState(() => {
    const known = wordsOf(contact.id);
    return { ...known, dispositionId: known.dispositionId ?? contact.dispositionId };
  });
  const [missing, setMissing] = useState(false);
  const picker = useRef<HTMLSelectElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { finish, resume } = useActs(conversationId, { quiet: true });
  const asks = queue !== undefined && queue.dispositions.some(({ active }) => active);
  const needed = asks && queue.dispositionRequired;
  const tooLong = words.note.length > contactLimits.wrapUpNote;

  const say = (change: Partial<typeof words>) => {
    const next = { ...words, ...change };
    setWords(next);
    keepWords(contact.id, next);
    setMissing(false);
  };
  const complain = (error: unknown) => {
    if (!toApiError(error).fields.some(({ field: at }) => at === 'dispositionId')) return showFault(error);
    setMissing(true);
    picker.current?.focus();
  };
  const send = ({ after, complains = true }: { after?: () => void; complains?: boolean } = {}) => {
    if (tooLong || finish.isPending) return;
    if (needed && words.dispositionId === null) {
      setMissing(true);
      return picker.current?.focus();
    }
    const { dispositionId, note } = words;
    finish.mutate(
      { ...(asks ? { dispositionId } : {}), ...(note.trim() === '' ? {} : { note }) },
      {
        onSuccess: () => {
          dropWords(contact.id);
          after?.();
        },
        onError: (error) => complains && complain(error),
      },
    );
  };
  useCommand('wrapUp', () => (picker.current ?? field.current)?.focus());
  useCommand('closeAndNext', () => send({ after: () => void runCommand('next') }));

  const atTheEnd = useEffectEvent(() => {
    const said = words.dispositionId !== null || words.note.trim() !== '';
    // Its timer ends it in any case: there is nothing to complain of.
    if (said && !(needed && words.dispositionId === null)) send({ complains: false });
  });
  useEffect(() => {
    if (contact.wrapUpUntil === null) return undefined;
    const left = Date.parse(contact.wrapUpUntil) - serverNow() - LAST_MOMENT_MS;
    if (left <= 0) return undefined;
    const timer = setTimeout(() => atTheEnd(), left);
    return () => clearTimeout(timer);
  }, [contact.wrapUpUntil]);

  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
    const { isComposing } = event.nativeEvent;
    if (!isSendKey({ key, keyCode, ctrlKey, metaKey, altKey, shiftKey, isComposing }, 'modEnter')) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      noValidate
      className={styles.bar}
      aria-label={t('acts.wrapUp')}
      data-testid="wrap-up"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.head}>
        <IconHourglass size={16} aria-hidden />
        <b>{t('acts.wrapUp')}</b>
        {contact.wrapUpUntil !== null && <Left until={contact.wrapUpUntil} />}
        <span className={styles.hint}>{t('acts.wrapUpHint')}</span>
      </div>
      <div className={styles.fields}>
        {asks && (
          <DispositionSelect
            ref={picker}
            queue={queue}
            value={words.dispositionId}
            onChange={(dispositionId) => say({ dispositionId })}
            fault={missing ? t('acts.dispositionMissing') : null}
          />
        )}
        <Textarea
          ref={field}
          size="xs"
          rows={1}
          label={t('acts.wrapUpNote')}
          value={words.note}
          onChange={(event) => say({ note: event.currentTarget.value })}
          onKeyDown={press}
          error={
            tooLong ? t('acts.noteTooLong', { limit: contactLimits.wrapUpNote, count: words.note.length }) : undefined
          }
          data-testid="wrap-up-note"
        />
        <div className={styles.acts}>
          <Button
            size="xs"
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate(undefined, { onError: showFault })}
            data-testid="wrap-up-back"
          >
            {t('acts.wrapUpBack')}
          </Button>
          <Button size="xs" type="submit" loading={finish.isPending} disabled={tooLong} data-testid="wrap-up-done">
            {t('acts.done')}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** By the server's clock, for the eyes only. */
function Left({ until }: { until: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const left = Date.parse(until) - useServerSecond();
  return (
    <span className={styles.left} data-testid="wrap-up-left">
      {left <= 0 ? t('acts.wrapUpEnding') : t('acts.wrapUpLeft', { time: formatElapsed(left, locale) })}
    </span>
  );
}
