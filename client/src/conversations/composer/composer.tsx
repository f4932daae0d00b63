import { Button } from '@mantine/core';
import { IconLock, IconNote, IconSend2 } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textLimits, type ConversationDetail } from '#libs/contracts/index.js';
import { useCommand } from '../../console/commands.js';
import { useWantedCursor } from '../../console/cursor.js';
import { isComposing, isSendKey } from '../../console/keys.js';
import { modKey } from '../../console/use-shortcuts.js';
import { drafts, live, outbox } from '../../desk.js';
import { useSession } from '../../session/session.js';
import { usePreferences } from '../../settings/preferences.js';
import { ReplyGate, replyBar } from './reply-gate.js';
import { TIGHT, textRoom } from './text-room.js';
import { TypingSignal } from './typing-signal.js';
import styles from './composer.module.css';

type Tab = 'reply' | 'note';

/** Two ways to write, never to be mixed up: 返信 goes to the customer, 社内メモ stays in the house. */
export function Composer({ detail }: { detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { sendKey } = usePreferences();
  const { conversation: row, may } = detail;
  const id = row.id;
  const [opened] = useState(() => ({ ...drafts.open(id, detail.draft) }));
  const [tab, setTab] = useState<Tab>(opened.tab);
  const [texts, setTexts] = useState({ reply: opened.reply, note: opened.note });
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const signal = useMemo(() => new TypingSignal((active) => live.typing(id, active)), [id]);
  useEffect(
    () => () => {
      signal.stop();
      drafts.flush(id);
    },
    [id, signal],
  );

  const bar = replyBar(row, may, agent.id);
  const note = tab === 'note';
  const closed = note ? !may.note : bar !== null;
  const text = texts[tab];
  const room = textRoom(text);
  const blank = text.trim() === '';

  const write = (value: string) => {
    setTexts({ ...texts, [tab]: value });
    setRefused(false);
    drafts.write(id, { [tab]: value });
    // A colleague's screen may know that somebody writes; a customer's never learns of a note.
    if (!note && value !== '') signal.wrote();
    else signal.stop();
  };
  const choose = (next: Tab, focus = true) => {
    signal.stop();
    setTab(next);
    setRefused(false);
    drafts.write(id, { tab: next });
    if (focus) requestAnimationFrame(() => field.current?.focus());
  };
  const send = () => {
    if (blank || closed) return;
    if (!room.fits) return setRefused(true);
    signal.stop();
    outbox.add({ clientId: crypto.randomUUID(), conversationId: id, kind: note ? 'note' : 'message', text });
    setTexts({ ...texts, [tab]: '' });
    drafts.write(id, { [tab]: '' });
    field.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isSendKey({ ...pressOf(event) }, sendKey)) {
      event.preventDefault();
      return send();
    }
    // Leaves the field and keeps every word; the next Esc goes back.
    if (event.key === 'Escape' && !isComposing(pressOf(event))) {
      event.preventDefault();
      field.current?.blur();
    }
  };

  useWantedCursor(id, bar === null, () => choose('reply'));
  useCommand('reply', () => choose('reply'));
  useCommand('note', () => choose('note'), may.note);
  useCommand('open', () => field.current?.focus());

  const counted = {
    units: room.units,
    unitsLimit: textLimits.units,
    bytes: room.bytes,
    bytesLimit: textLimits.bytes,
  };

  return (
    <section className={styles.composer} data-tab={tab} data-testid="composer">
      <div className={styles.tabs} role="tablist" aria-label={t('composer.tabs')}>
        <button
          type="button"
          role="tab"
          id={`tab-reply-${id}`}
          aria-selected={!note}
          aria-controls={`write-${id}`}
          tabIndex={note ? -1 : 0}
          className={styles.tab}
          onClick={() => choose('reply')}
          onKeyDown={(event) => event.key === 'ArrowRight' && may.note && choose('note')}
          data-testid="tab-reply"
        >
          {t('composer.reply')}
        </button>
        {may.note && (
          <button
            type="button"
            role="tab"
            id={`tab-note-${id}`}
            aria-selected={note}
            aria-controls={`write-${id}`}
            tabIndex={note ? 0 : -1}
            className={styles.tab}
            onClick={() => choose('note')}
            onKeyDown={(event) => event.key === 'ArrowLeft' && choose('reply')}
            data-testid="tab-note"
          >
            <IconLock size={13} aria-hidden />
            {t('composer.note')}
          </button>
        )}
        <span className={styles.hint}>{note && t('composer.noteHint')}</span>
      </div>
      <div role="tabpanel" id={`write-${id}`} aria-labelledby={`tab-${tab}-${id}`}>
        {closed && !note && bar !== null ? (
          <ReplyGate bar={bar} conversationId={id} hasDraft={texts.reply !== ''} />
        ) : (
          <>
            <textarea
              ref={field}
              key={tab}
              className={styles.field}
              value={text}
              rows={2}
              placeholder={t(note ? 'composer.notePlaceholder' : 'composer.replyPlaceholder')}
              aria-label={t(note ? 'composer.noteLabel' : 'composer.replyLabel')}
              aria-invalid={!room.fits || undefined}
              aria-describedby={room.fits ? undefined : `too-long-${id}`}
              enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
              onChange={(event) => write(event.currentTarget.value)}
              onKeyDown={press}
              onBlur={() => {
                signal.stop();
                drafts.flush(id);
              }}
              data-testid="composer-field"
            />
            <div className={styles.foot}>
              {room.fits ? (
                <span className={styles.keys}>
                  {sendKey === 'enter'
                    ? t(note ? 'composer.hintNoteEnter' : 'composer.hintEnter')
                    : t(note ? 'composer.hintNoteModEnter' : 'composer.hintModEnter', { key: `${modKey}+Enter` })}
                </span>
              ) : (
                <span
                  className={styles.tooLong}
                  id={`too-long-${id}`}
                  role={refused ? 'alert' : undefined}
                  data-testid="too-long"
                >
                  {t('composer.tooLong', counted)}
                </span>
              )}
              <span
                className={styles.count}
                data-level={room.fits ? (room.used >= TIGHT ? 'tight' : 'fine') : 'over'}
                title={t('composer.countLabel', counted)}
                data-testid="counter"
              >
                {room.nearer === 'bytes'
                  ? t('composer.countBytes', { count: room.bytes, limit: textLimits.bytes })
                  : t('composer.count', { count: room.units, limit: textLimits.units })}
              </span>
              <Button
                size="sm"
                className={styles.send}
                disabled={blank}
                onClick={send}
                leftSection={note ? <IconNote size={16} aria-hidden /> : <IconSend2 size={16} aria-hidden />}
                data-testid="send"
              >
                {t(note ? 'composer.saveNote' : 'composer.send')}
              </Button>
            </div>
          </>
        )}
      </div>
    </section>
  );
}

function pressOf(event: KeyboardEvent) {
  const { key, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, keyCode, ctrlKey, metaKey, altKey, shiftKey, isComposing: event.nativeEvent.isComposing };
}
