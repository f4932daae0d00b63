import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferView } from '#libs/contracts/index.js';
import { myStateQuery } from '../agents/queries.js';
import { useCustomerName } from '../conversations/names.js';
import { tabs } from '../desk.js';
import { useQueueName } from '../queues/queries.js';
import { useQuiet } from '../signals/use-quiet.js';
import { preferences, usePreferences } from '../settings/preferences.js';
import { Bell } from './bell.js';
import { DesktopNotes } from './desktop-notes.js';
import { OfferSignals } from './signals.js';

export const bell = new Bell();
export const desktopNotes = new DesktopNotes();

/** Whether anything may reach her beyond the page: not while she is away, however late an offer comes. */
export function useDisturbable(): boolean {
  const { data: state } = useQuery(myStateQuery());
  const quiet = useQuiet();
  return !quiet && state !== undefined && state.routing === 'ready' && !state.notResponding;
}

/**
 * Sound and desktop notes for what is open.
 * @returns whether the browser keeps this page silent, although it is the one that should be heard; and, once pressed, not
 */
export function useOfferSignals(open: readonly OfferView[]): { muted: boolean; unmute: () => void } {
  const { t } = useTranslation();
  const { quietKinds, volume, desktop } = usePreferences();
  const disturbable = useDisturbable() && !quietKinds.includes('offer');
  const sound = volume > 0;
  const nameOf = useCustomerName();
  const queueOf = useQueueName();
  const [muted, setMuted] = useState(false);
  const signals = useMemo(
    () =>
      new OfferSignals({
        speaks: () => tabs.speaks(),
        ring: () => bell.ring('offer', preferences.get().volume),
        show: (note) => desktopNotes.show(note),
        keepOnly: (ids) => desktopNotes.keepOnly(ids),
        looksAt: () => document.hasFocus(),
        muted: setMuted,
      }),
    [],
  );
  const notes = open.map(({ id, kind, from, conversation }) => ({
    id,
    title: t(kind === 'transfer' ? 'offers.deskTransfer' : 'offers.deskTitle', { name: nameOf(conversation.customer) }),
    body: kind === 'transfer' && from ? t('offers.from', { name: from.name }) : (queueOf(conversation) ?? ''),
  }));
  const key = JSON.stringify(notes);
  useEffect(() => {
    signals.show(JSON.parse(key) as typeof notes, {
      sound: disturbable && sound,
      desktop: disturbable && desktop,
    });
  }, [signals, key, disturbable, sound, desktop]);
  useEffect(() => () => signals.show([], { sound: false, desktop: false }), [signals]);
  return { muted: muted && sound, unmute: () => void bell.ring().then((heard) => setMuted(!heard)) };
}
