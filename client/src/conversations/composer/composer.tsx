import { Button } from '@mantine/core';
import { IconNote, IconSend2 } from '@tabler/icons-react';
import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textLimits, type ConversationDetail } from '#libs/contracts/index.js';
import { BotGate } from '../../bots/bot-gate.js';
import { takeChips } from '../../canned/chips.js';
import { FieldMarks } from '../../canned/field-marks.js';
import { useCommand } from '../../console/commands.js';
import { useWantedCursor } from '../../console/cursor.js';
import { isComposing, isSendKey } from '../../console/keys.js';
import { modKey } from '../../console/use-shortcuts.js';
import { conversations, drafts, live, outbox } from '../../desk.js';
import { useDraft } from '../../outbox/use-draft.js';
import { useSession } from '../../session/session.js';
import { usePreferences } from '../../settings/preferences.js';
import { unmovedButDraft } from '../unmoved.js';
import { useCaretMenus } from './caret-menus.js';
import { ComposerTabs } from './composer-tabs.js';
import { pressOf } from './press-of.js';
import { ReplyGate, replyBar } from './reply-gate.js';
import { TIGHT, textRoom } from './text-room.js';
import { Tools } from './tools.js';
import { sendTray, Tray, useTrayHolds } from './tray.js';
import { TypingSignal } from './typing-signal.js';
import { useSendChecks } from './use-send-checks.js';
import { insertInto, type Draft, type Hands, type Tab, type Writing } from './writing.js';
import styles from './composer.module.css';

/** Two ways to write, never to be mixed up: 返信 goes to the customer, 社内メモ stays in the house. */
export const Composer = memo(function Composer({ detail }: { detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { agent } = useSession();
  const { sendKey, undoSeconds } = usePreferences();
  const { conversation: row, may } = detail;
  const id = row.id;
  // Opened before it is read for the first time; what other screens write into it comes by itself.
  useState(() => drafts.open(id, detail.drafted));
  useEffect(() => void drafts.open(id, detail.drafted), [id, detail.drafted]);
  const { tab, ...texts } = useDraft(id);
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const signal = useMemo(() => new TypingSignal((active) => live.typing(id, active)), [id]);
  useEffect(
    () => () => {
      signal.stop();
      drafts.compose(null);
      void drafts.flush(id);
    },
    [id, signal],
  );

  const bar = replyBar(row, may, agent.id);
  const note = tab === 'note';
  const closed = note ? !may.note : bar !== null;
  const text = texts[tab];
  const room = textRoom(text);
  const holds = useTrayHolds(id, tab);
  const blank = text.trim() === '' && !holds;
  const draft: Draft = { conversationId: id, tab, text, detail };
  // The tools show nothing of the words: they are not drawn anew for each key.
  const hands: Hands = useMemo(
    () => ({
      conversationId: id,
      tab,
      words: () => drafts.get(id)[tab],
      insert: (words, stretch) => field.current && insertInto(field.current, words, stretch),
      focus: () => field.current?.focus(),
    }),
    [id, tab],
  );
  const writing: Writing = { ...hands, ...draft };
  const menus = useCaretMenus(writing, field);
  const checks = useSendChecks();

  const write = (value: string) => {
    setRefused(false);
    drafts.write(id, { [tab]: value }, conversations.threads.get(id)?.lastSeq ?? row.lastSeq);
    // A colleague's screen may know that somebody writes; a customer's never learns of a note.
    if (!note && value !== '') signal.wrote();
    else signal.stop();
  };
  const choose = (next: Tab, focus = true) => {
    signal.stop();
    setRefused(false);
    drafts.write(id, { tab: next });
    if (focus) requestAnimationFrame(() => field.current?.focus());
  };
  const send = async () => {
    if (blank || closed) return;
    if (!room.fits) return setRefused(true);
    menus.close();
    if (!(await checks.pass(draft))) return field.current?.focus();
    signal.stop();
    sendTray(draft);
    if (text.trim() !== '') {
      // As the checks have left it: one of them may have shown what stands there already.
      const { answering, mentions } = drafts.get(id);
      const words = { clientId: crypto.randomUUID(), conversationId: id, text };
      outbox.add(
        note
          ? { ...words, kind: 'note', mentions }
          : { ...words, kind: 'message', answering, undoSeconds, ...takeChips(id) },
      );
    }
    // Whoever went on writing while the checks were made keeps those words.
    const now = drafts.get(id)[tab];
    drafts.write(id, { [tab]: now.startsWith(text) ? now.slice(text.length) : now });
    field.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (menus.press(event)) return;
    if (isSendKey(pressOf(event), sendKey)) {
      event.preventDefault();
      void send();
      return;
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
      <ComposerTabs conversationId={id} tab={tab} mayNote={may.note} onChoose={choose} />
      <div role="tabpanel" id={`write-${id}`} aria-labelledby={`tab-${tab}-${id}`}>
        {closed && !note && bar !== null ? (
          <ReplyGate bar={bar} conversationId={id} hasDraft={texts.reply !== ''} />
        ) : (
          <>
            {!note && row.contact?.state === 'bot' && <BotGate conversationId={id} />}
            <Tray writing={writing} />
            <div className={styles.write}>
              <FieldMarks writing={writing} field={field} />
              <textarea
                ref={field}
                key={tab}
                {...menus.fieldProps}
                className={styles.field}
                value={text}
                rows={2}
                placeholder={t(note ? 'composer.notePlaceholder' : 'composer.replyPlaceholder')}
                aria-label={t(note ? 'composer.noteLabel' : 'composer.replyLabel')}
                aria-invalid={!room.fits || undefined}
                aria-describedby={room.fits ? undefined : `too-long-${id}`}
                enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
                onChange={(event) => {
                  write(event.currentTarget.value);
                  menus.typed();
                }}
                onKeyDown={press}
                onBlur={() => {
                  signal.stop();
                  menus.close();
                  void drafts.flush(id);
                }}
                data-testid="composer-field"
              />
              {menus.list}
            </div>
            <div className={styles.foot}>
              <Tools hands={hands} />
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
                onClick={() => void send()}
                leftSection={note ? <IconNote size={16} aria-hidden /> : <IconSend2 size={16} aria-hidden />}
                data-testid="send"
              >
                {t(note ? 'composer.saveNote' : 'composer.send')}
              </Button>
            </div>
          </>
        )}
      </div>
      {checks.dialog}
    </section>
  );
}, unmovedButDraft);
