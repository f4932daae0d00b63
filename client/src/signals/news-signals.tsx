import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { myListQuery } from '../agents/in-hand.js';
import { myStateQuery } from '../agents/queries.js';
import { useAfterFirstScreen } from '../console/first-screen.js';
import { useConsole } from '../console/use-console.js';
import { useCustomerName } from '../conversations/names.js';
import { news, tabs } from '../desk.js';
import { DesktopNotes } from '../offers/desktop-notes.js';
import { bell } from '../offers/use-offer-signals.js';
import { useSession } from '../session/session.js';
import { preferences } from '../settings/preferences.js';
import type { PieceOfNews } from './news.js';
import { TellNews } from './tell-news.js';

const NOTE_STAYS_MS = 15_000;
const notes = new DesktopNotes();

/** Makes news heard. A part that shows nothing. */
export function NewsSignals() {
  const { t } = useTranslation();
  const { open } = useConsole();
  const { agent } = useSession();
  const client = useQueryClient();
  const nameOf = useCustomerName();
  const enabled = useAfterFirstScreen();
  const { data: mine } = useQuery({ ...myListQuery(agent.id), enabled });
  useEffect(() => mine?.rows.forEach((row) => news.rows.know(row)), [mine]);
  const [teller] = useState(
    () =>
      new TellNews({
        preferences: preferences.get,
        ready: () => client.getQueryData(myStateQuery().queryKey)?.routing === 'ready',
        speaks: () => tabs.speaks(),
        ring: (kind, volume) => bell.ring(kind, volume),
        show: (note) => {
          notes.show(note);
          setTimeout(() => notes.keepOnly([]), NOTE_STAYS_MS);
        },
        looksAt: () => document.hasFocus(),
        now: Date.now,
      }),
  );
  const tell = useEffectEvent((piece: PieceOfNews) => {
    const id = piece.kind === 'mention' ? piece.notification.conversationId : piece.row.id;
    const body = piece.kind === 'mention' ? piece.notification.by.name : nameOf(piece.row.customer);
    const note = { id: `${piece.kind}-${id}`, title: t(`signals.${piece.kind}`), body, open: () => open(id) };
    void teller.tell(piece.kind, note);
  });
  useEffect(() => news.listen((piece) => tell(piece)), []);
  return null;
}
