import { useEffect, useEffectEvent, useRef } from 'react';
import type { ConversationRow } from '#libs/contracts/index.js';
import { conversations } from '../../desk.js';
import { api } from '../../http/api.js';
import { useSession } from '../../session/session.js';
import { markUpTo } from './read-marks.js';

/** Several messages seen at a glance are one mark. */
const REST_MS = 350;
const RETRY_MS = 5_000;

/** `seen`: the furthest customer message that is on the screen right now. */
export function useReadMarks(row: ConversationRow, seen: number): void {
  const { agent } = useSession();
  const told = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // In whatever state: an answer given before anything was marked already makes it `waiting`.
  const assignee = row.contact?.assignee?.id === agent.id;

  const upTo = useEffectEvent(() =>
    markUpTo(
      { assignee, visible: !document.hidden, focused: document.hasFocus(), readSeq: row.readSeq, seen },
      told.current,
    ),
  );
  const look = useEffectEvent((rest: number) => {
    if (upTo() === null || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      void tell();
    }, rest);
  });
  const tell = useEffectEvent(async () => {
    const mark = upTo();
    if (mark === null) return;
    const before = told.current;
    told.current = mark;
    try {
      const fresh = await api.read(row.id, mark);
      conversations.row({ id: row.id, row: fresh });
    } catch {
      told.current = before;
      look(RETRY_MS);
    }
  });

  useEffect(() => look(REST_MS), [seen, assignee, row.readSeq]);
  useEffect(() => {
    const again = () => look(REST_MS);
    window.addEventListener('focus', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      window.removeEventListener('focus', again);
      document.removeEventListener('visibilitychange', again);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, []);
}
