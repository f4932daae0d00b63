import type { DraftSummary, DraftView, Mention, NotificationPage, NotificationView } from '#libs/contracts/index.js';
import { id, listOf, object, orNull, text, time, whole, words, yesOrNo, type Described } from './api-schema.js';

export interface WritingViews {
  DraftSummary: DraftSummary;
  DraftView: DraftView;
  Mention: Mention;
  NotificationPage: NotificationPage;
}

const mention: Described<Mention> = object<Mention>({ agentId: id, start: whole, length: whole });
const notification = object<NotificationView>({
  id,
  kind: words({ mention: true }),
  conversationId: id,
  messageId: id,
  seq: whole,
  by: object<NotificationView['by']>({ id, name: text }),
  customerName: orNull(text),
  preview: text,
  at: time,
  readAt: orNull(time),
});

/** What agents write, and who is named in it. */
export const writingViews: { [N in keyof WritingViews]: Described<WritingViews[N]> } = {
  DraftSummary: object<DraftSummary>({
    conversationId: id,
    kind: words({ reply: true, note: true }),
    preview: text,
    version: whole,
  }),
  DraftView: object<DraftView>({
    conversationId: id,
    text,
    note: text,
    mentions: listOf(mention),
    answering: orNull(whole),
    version: whole,
  }),
  Mention: mention,
  NotificationPage: object<NotificationPage>({
    notifications: listOf(notification),
    hasMore: yesOrNo,
    unread: whole,
  }),
};
