import type {
  Answered,
  AccountView,
  ContactView,
  ConnectionView,
  ConversationChanges,
  ConversationDetail,
  ConversationPage,
  ConversationRights,
  ConversationRow,
  ErrorBody,
  FieldError,
  MaapSettings,
  Reachability,
  ViewCounts,
} from '#libs/contracts/index.js';
import {
  fraction,
  id,
  listOf,
  object,
  optional,
  orNull,
  text,
  time,
  whole,
  words,
  yesOrNo,
  type Described,
} from './api-schema.js';
import { contactState, errorCode, priority, wire } from './api-words.js';

import { agentViews, type AgentViews } from './api-agent-views.js';
import { messageViews, type MessageViews } from './api-message-views.js';
import { botViews, type BotViews } from './api-bot-views.js';
import { faqViews, type FaqViews } from './api-faq-views.js';
import { customerViews, type CustomerViews } from './api-customer-views.js';
import { findingViews, type FindingViews } from './api-finding-views.js';
import { cannedViews, type CannedViews } from './api-canned-views.js';
import { mediaViews, type MediaViews } from './api-media-views.js';
import { routingViews, type RoutingViews } from './api-routing-views.js';
import { preferencesViews, type PreferencesViews } from './api-preferences-views.js';
import { writingViews, type WritingViews } from './api-writing-views.js';

interface Views
  extends
    AgentViews,
    MessageViews,
    RoutingViews,
    CannedViews,
    FindingViews,
    PreferencesViews,
    MediaViews,
    WritingViews,
    CustomerViews,
    BotViews,
    FaqViews {
  AccountView: AccountView;
  ContactView: ContactView;
  ConnectionView: ConnectionView;
  ConversationChanges: ConversationChanges;
  ConversationDetail: ConversationDetail;
  ConversationPage: ConversationPage;
  ConversationRights: ConversationRights;
  ConversationRow: ConversationRow;
  ErrorBody: ErrorBody;
  FieldError: FieldError;
  MaapSettings: MaapSettings;
  Reachability: Reachability;
  ViewCounts: ViewCounts;
}

/** By name, among the document's components. */
export function view<N extends keyof Views>(name: N): Described<Views[N]> {
  return { $ref: `#/components/schemas/${name}` } as Described<Views[N]>;
}

/** What the doors answer with. The contracts are types only; here they are once more, held to them by the compiler. */
export const views: { [N in keyof Views]: Described<Views[N]> } = {
  ...agentViews,
  ...messageViews,
  ...mediaViews,
  ...customerViews,
  ...routingViews,
  ...findingViews,
  ...botViews,
  ...faqViews,
  ...cannedViews,
  ...preferencesViews,
  ...writingViews,
  AccountView: object<AccountView>({
    id,
    name: text,
    description: text,
    logoUrl: orNull(text),
    verified: yesOrNo,
    connections: listOf(view('ConnectionView')),
  }),
  ContactView: object<ContactView>({
    id,
    state: contactState,
    assignee: orNull(object<NonNullable<ContactView['assignee']>>({ id, name: text })),
    queueId: orNull(id),
    priority,
    offeredTo: orNull(id),
    enqueuedAt: time,
    acceptedAt: orNull(time),
    firstReplyAt: orNull(time),
    snoozedUntil: orNull(time),
    wrapUpUntil: orNull(time),
    closesAt: orNull(time),
    dispositionId: orNull(text),
    transfers: whole,
    closedAt: orNull(time),
  }),
  ConnectionView: object<ConnectionView>({
    id,
    accountId: id,
    wire,
    connectionKey: text,
    webhookUrl: text,
    settings: view('MaapSettings'),
    active: yesOrNo,
  }),
  ConversationChanges: object<ConversationChanges>({
    rows: listOf(view('ConversationRow')),
    gone: listOf(id),
    feed: text,
    complete: yesOrNo,
  }),
  ConversationDetail: object<ConversationDetail>({
    conversation: view('ConversationRow'),
    account: object<ConversationDetail['account']>({ id, name: text }),
    contacts: listOf(view('ContactView')),
    draft: text,
    drafted: orNull(view('DraftView')),
    may: view('ConversationRights'),
  }),
  ConversationPage: object<ConversationPage>({
    rows: listOf(view('ConversationRow')),
    nextCursor: orNull(text),
    feed: text,
  }),
  ConversationRights: object<ConversationRights>({
    reply: yesOrNo,
    note: yesOrNo,
    take: yesOrNo,
    giveBack: yesOrNo,
    assign: yesOrNo,
    close: yesOrNo,
    transfer: yesOrNo,
    hold: yesOrNo,
    snooze: yesOrNo,
    finish: yesOrNo,
    prioritise: yesOrNo,
  }),
  ConversationRow: object<ConversationRow>({
    id,
    version: whole,
    accountId: id,
    customer: view('CustomerView'),
    lastMessage: orNull(view('LastMessage')),
    unread: whole,
    waitingSince: orNull(time),
    lastActivityAt: time,
    contact: orNull(view('ContactView')),
    labelIds: listOf(id),
    lastSeq: whole,
    lastChange: whole,
    readSeq: whole,
  }),
  ErrorBody: object<ErrorBody>({
    error: object<ErrorBody['error']>({
      code: errorCode,
      message: text,
      fields: optional(listOf(view('FieldError'))),
      answered: optional(object<Answered>({ by: object<Answered['by']>({ id, name: text }), seq: whole, at: time })),
      requestId: text,
    }),
  }),
  FieldError: object<FieldError>({
    field: text,
    rule: text,
    message: text,
    limit: optional(fraction),
    actual: optional(fraction),
    unit: optional(text),
  }),
  MaapSettings: object<MaapSettings>({
    baseUrl: text,
    botId: text,
    sendPath: optional(text),
    tokenUrl: optional(text),
    mediaHosts: optional(listOf(text)),
    privateHosts: optional(listOf(text)),
  }),
  Reachability: object<Reachability>({
    state: words({ reachable: true, unreachable: true, unknown: true }),
    capabilities: listOf(text),
    checkedAt: time,
  }),
  ViewCounts: object<ViewCounts>({ mine: whole, unassigned: whole, queue: whole, all: whole }),
};
