import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { FoldLine } from '../../bots/fold-line.js';
import { useFolds } from '../../bots/use-folds.js';
import { useCommand } from '../../console/commands.js';
import { conversations, outbox, typing } from '../../desk.js';
import { useLocale } from '../../i18n/i18n.js';
import { useSession } from '../../session/session.js';
import type { Unsent } from '../../outbox/outbox.js';
import { formatDay } from '../../time/format.js';
import { Dots } from '../list/conversation-row.js';
import { useCustomerName } from '../names.js';
import { firstUnreadSeq, type Thread } from '../thread.cache.js';
import type { PastWindow } from '../window.cache.js';
import { useWriters } from '../typing-store.js';
import { MessageRow, UnsentRow } from './message-row.js';
import { estimateHeight } from './estimate-height.js';
import { PastBar } from './past-bar.js';
import { threadRows } from './thread-rows.js';
import { useReadMarks } from './use-read-marks.js';
import styles from './thread-view.module.css';

const nothing: readonly Unsent[] = [];
/** So close to the end counts as being there. */
const END_PX = 60;
/** Above the first row. */
const PADDING = 12;
/** So many rows from the top the next older page is asked for. */
const NEAR_TOP = 12;
/** What of a row must be on the screen for it to have been seen. */
const SEEN_PX = 28;

interface Props {
  thread: Thread;
  detail: ConversationDetail;
  /** The message to begin at; null: where the unread ones begin, or at the end. */
  target: string | null;
  /** The thread is a stretch of an earlier time, and the live one is up to here. */
  past: { window: PastWindow; lastSeq: number } | null;
  onLive: () => void;
}

export function ThreadView({ thread, detail, target, past, onLive }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useCustomerName();
  const { agent } = useSession();
  const { conversation: row, may } = detail;
  const scroller = useRef<HTMLDivElement>(null);
  const waiting = useSyncExternalStore(outbox.subscribe, outbox.all);
  const writers = useWriters(typing, row.id);
  // Where the unread ones began when the conversation was opened; it stays put while they are being read.
  const live = past === null;
  const [unreadFrom] = useState(() => (target === null && row.unread > 0 ? firstUnreadSeq(thread, row.readSeq) : null));
  const [stoodFirst] = useState(() => new Set<number>());
  const folds = useFolds(thread, target);
  const rows = useMemo(() => {
    const first = thread.messages[0];
    if (thread.hasOlder && first) stoodFirst.add(first.seq);
    return threadRows(thread, live ? waiting : nothing, unreadFrom, undefined, stoodFirst, folds.folding);
  }, [thread, live, waiting, unreadFrom, stoodFirst, folds.folding]);
  const ownSent = rows.findLast((each) => each.type === 'message' && each.message.delivery !== null)?.key;

  // A render later than the thread became the live one: what has just been joined to it is not followed.
  const [follows, setFollows] = useState(live);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setFollows(live));
    return () => cancelAnimationFrame(frame);
  }, [live]);
  // The first rows are drawn in passing before the thread stands where it opens: they ask for nothing yet.
  const placed = usePlaced(scroller);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => rows[index]?.key ?? index,
    estimateSize: (index) => estimateHeight(rows[index]),
    anchorTo: 'end',
    // What follows a stretch of an earlier time is read on to, not jumped to.
    followOnAppend: follows,
    scrollEndThreshold: END_PX,
    // What is not on the screen is not drawn before what is.
    overscan: placed ? 10 : 1,
    paddingStart: PADDING + folds.room,
    paddingEnd: 14,
  });
  const items = virtual.getVirtualItems();

  const unreadIndex = rows.findIndex((each) => each.type === 'unread');
  const targetIndex = rows.findIndex((each) => each.type === 'message' && each.message.id === target);
  useLayoutEffect(() => {
    if (targetIndex >= 0) virtual.scrollToIndex(targetIndex, { align: 'center' });
    else if (unreadIndex >= 0) virtual.scrollToIndex(unreadIndex, { align: 'start' });
    else virtual.scrollToEnd();
    // Only when it opens; from then on the person decides where to look.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const startsAtEnd = targetIndex < 0 && unreadIndex < 0;
  const [atEnd, leaveEnd] = useAtEnd(scroller, live, startsAtEnd, virtual.getTotalSize(), () => virtual.scrollToEnd());
  const fold = (key: string) => {
    leaveEnd();
    folds.turn(key, (scroller.current?.clientHeight ?? 0) - virtual.getTotalSize());
  };
  const nearest = rows.findLast((each) => each.type === 'fold')?.key;
  useCommand('fold', () => nearest && fold(nearest), nearest !== undefined);
  const newest = thread.messages.findLast((message) => message.kind !== 'activity')?.seq ?? 0;
  const [reached, setReached] = useState(newest);
  if (atEnd && reached < newest) setReached(newest);

  // One's own words are followed wherever one was reading.
  const mine = waiting.filter((each) => each.conversationId === row.id).length;
  const [lastMine, setLastMine] = useState(mine);
  useLayoutEffect(() => {
    if (mine > lastMine) {
      if (live) virtual.scrollToEnd();
      else onLive();
    }
    if (mine !== lastMine) setLastMine(mine);
  }, [mine, lastMine, virtual, live, onLive]);

  const [failedOlder, setFailedOlder] = useState(false);
  const loadOlder = () => {
    setFailedOlder(false);
    const loading = past
      ? conversations.threads.extend(past.window, 'before')
      : conversations.threads.loadOlder(row.id);
    loading.catch(() => setFailedOlder(true));
  };
  const firstShown = items[0]?.index ?? Number.POSITIVE_INFINITY;
  const oldest = thread.messages[0]?.seq;
  useEffect(() => {
    if (placed && thread.hasOlder && firstShown <= NEAR_TOP && !failedOlder) loadOlder();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an older beginning is what makes the next page due
  }, [placed, thread.hasOlder, firstShown <= NEAR_TOP, oldest]);

  const [failedNewer, setFailedNewer] = useState(false);
  const loadNewer = () => {
    if (!past) return;
    setFailedNewer(false);
    conversations.threads.extend(past.window, 'after').catch(() => setFailedNewer(true));
  };
  const nearEnd = (items.at(-1)?.index ?? 0) >= rows.length - NEAR_TOP;
  const newestLoaded = thread.messages.at(-1)?.seq;
  useEffect(() => {
    if (placed && !live && nearEnd && !failedNewer) loadNewer();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a newer end is what makes the next page due
  }, [placed, live, nearEnd, newestLoaded]);
  const [liveFrom, setLiveFrom] = useState<number | null>(null);
  if (past && liveFrom === null) setLiveFrom(past.lastSeq);

  const offset = virtual.scrollOffset ?? 0;
  const bottom = offset + (scroller.current?.clientHeight ?? 0);
  let seen = 0;
  for (const item of items) {
    const shown = rows[item.index];
    const place =
      shown?.type === 'fold' && !shown.opened
        ? shown.stretch.lastOfCustomer
        : shown?.type === 'message' && shown.message.author.kind === 'customer'
          ? shown.message.seq
          : 0;
    if (item.start + Math.min(SEEN_PX, item.size) <= bottom) seen = Math.max(seen, place);
  }
  // Whoever jumped has not read what lies between.
  useReadMarks(row, live ? seen : 0);

  const name = nameOf(row.customer);
  const customerWrites = writers.some((writer) => writer.kind === 'customer');
  const bot = row.contact?.state === 'bot' ? writers.find((writer) => writer.kind === 'bot') : undefined;
  const colleague = writers.find((writer) => writer.kind === 'agent' && writer.id !== agent.id);
  const last = thread.messages.at(-1);
  const heard = last?.author.kind === 'customer' && last.content.type === 'text' ? last.content.text : '';

  return (
    <div className={styles.frame}>
      {/* The log itself is quiet for screen readers: scrolling through history would be read out. News is told below. */}
      <div
        className={styles.scroller}
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t('thread.label', { name })}
        tabIndex={0}
        data-testid="thread"
        data-last-seq={thread.lastSeq}
        data-last-change={thread.lastChange}
      >
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const shown = rows[item.index];
            if (!shown) return null;
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                data-target={(item.index === targetIndex && target !== null) || undefined}
                data-folded={(shown.type === 'message' && shown.folded) || undefined}
                className={styles.item}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {shown.type === 'message' && (
                  <MessageRow
                    message={shown.message}
                    joined={shown.joined}
                    offered={shown.offered}
                    telling={shown.key === ownSent}
                    mayRetry={may.reply}
                  />
                )}
                {shown.type === 'fold' && (
                  <FoldLine stretch={shown.stretch} opened={shown.opened} onTurn={() => fold(shown.key)} />
                )}
                {shown.type === 'unsent' && <UnsentRow unsent={shown.unsent} joined={shown.joined} />}
                {shown.type === 'day' && <div className={styles.day}>{formatDay(shown.at, locale)}</div>}
                {shown.type === 'unread' && (
                  <div className={styles.unread} data-testid="unread-divider">
                    {t('thread.unreadFrom')}
                  </div>
                )}
                {shown.type === 'start' && (
                  <div className={styles.start}>{rows.length > 1 ? t('thread.start') : t('thread.empty')}</div>
                )}
              </div>
            );
          })}
        </div>
      </div>
      {failedOlder && (
        <div className={styles.older} role="alert">
          {t('thread.failedOlder')}
          <Button size="compact-xs" variant="default" onClick={loadOlder}>
            {t('common.retry')}
          </Button>
        </div>
      )}
      {failedNewer && (
        <div className={styles.newer} role="alert">
          {t('finding.failedNewer')}
          <Button size="compact-xs" variant="default" onClick={loadNewer}>
            {t('common.retry')}
          </Button>
        </div>
      )}
      <div className={styles.foot} data-past={!live || undefined}>
        <div className={styles.typing} data-testid="typing">
          {(customerWrites || colleague || bot) && (
            <>
              <Dots />
              {customerWrites
                ? t('thread.typing', { name })
                : bot && !colleague
                  ? t('thread.botTyping', { name: bot.name ?? t('thread.bot') })
                  : t('thread.agentTyping', { name: colleague?.name ?? t('thread.someone') })}
            </>
          )}
        </div>
        {past && <PastBar news={Math.max(0, past.lastSeq - (liveFrom ?? past.lastSeq))} onLive={onLive} />}
        {live && !atEnd && (
          <button
            type="button"
            className={styles.toEnd}
            data-news={newest > reached || undefined}
            data-testid={newest > reached ? 'new-messages' : 'to-end'}
            aria-label={newest > reached ? undefined : t('thread.toBottom')}
            title={t('thread.toBottom')}
            onClick={() => virtual.scrollToEnd()}
          >
            <IconArrowDown size={16} aria-hidden />
            {newest > reached && t('thread.newMessages')}
          </button>
        )}
      </div>
      <div className="visually-hidden" role="status">
        {heard && `${name}: ${heard}`}
      </div>
    </div>
  );
}

/**
 * True while the live end of the thread is on the screen. Whoever is there stays there, whatever changes: a composer that grows
 * must not cover the message that is being answered, nor must one that takes its place before an unsent reply.
 */
function useAtEnd(
  scroller: RefObject<HTMLDivElement | null>,
  live: boolean,
  startsThere: boolean,
  height: number,
  toEnd: () => void,
): [boolean, () => void] {
  const [atEnd, setAtEnd] = useState(live && startsThere);
  const [looks, lookAgain] = useReducer((times: number) => times + 1, 0);
  const stay = useEffectEvent(() => {
    if (atEnd) toEnd();
  });
  useLayoutEffect(() => stay(), [height]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const look = () => setAtEnd(live && element.scrollHeight - element.scrollTop - element.clientHeight <= END_PX);
    const frame = requestAnimationFrame(look);
    element.addEventListener('scroll', look, { passive: true });
    let room = element.clientHeight;
    const observer = new ResizeObserver(() => {
      if (element.clientHeight === room) return;
      room = element.clientHeight;
      stay();
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, live, looks]);
  // Whoever opens something looks at what comes below it: the end goes where it goes.
  const leave = () => {
    setAtEnd(false);
    lookAgain();
  };
  return [atEnd, leave];
}

const QUIET_FRAMES = 4;

/**
 * True once opening has come to rest. Scrolling to a row goes by its index while rows are being measured: an older page that
 * came in front meanwhile would make it another row.
 */
function usePlaced(scroller: RefObject<HTMLDivElement | null>): boolean {
  const [placed, setPlaced] = useState(false);
  useEffect(() => {
    let quiet = 0;
    let last = '';
    const look = () => {
      const element = scroller.current;
      const now = `${element?.scrollTop} ${element?.scrollHeight}`;
      quiet = now === last ? quiet + 1 : 0;
      last = now;
      if (quiet >= QUIET_FRAMES) setPlaced(true);
      else frame = requestAnimationFrame(look);
    };
    let frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [scroller]);
  return placed;
}
