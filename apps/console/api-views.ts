import type {
  Answered,
  AccountView,
  ActivityContent,
  AgentSkill,
  AgentStateView,
  AgentSummary,
  AgentView,
  ContactView,
  ConnectionView,
  ConversationChanges,
  ConversationDetail,
  ConversationPage,
  ConversationRights,
  ConversationRow,
  DeliveryView,
  DeviceContent,
  ErrorBody,
  FieldError,
  LastMessage,
  LocationContent,
  MaapSettings,
  MediaContent,
  MessageContent,
  MessagePage,
  MessageView,
  PressContent,
  Reachability,
  SessionView,
  SkillView,
  TextContent,
  UnmaskedMessage,
  UnsupportedContent,
  ViewCounts,
} from '#libs/contracts/index.js';
import {
  anyOf,
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
import {
  activity,
  authorKind,
  awayReason,
  connectionState,
  contactState,
  contentType,
  deliveryReason,
  deliveryState,
  derivedState,
  errorCode,
  locale,
  permission,
  priority,
  role,
  routingState,
  visibility,
  wire,
} from './api-words.js';

import { botViews, handOffReason, type BotViews } from './api-bot-views.js';
import { doorViews, type DoorViews } from './api-door-views.js';
import { faqViews, type FaqViews } from './api-faq-views.js';
import { customerViews, type CustomerViews } from './api-customer-views.js';
import { findingViews, type FindingViews } from './api-finding-views.js';
import { cannedViews, type CannedViews } from './api-canned-views.js';
import { mediaViews, refusal, sticker, type MediaViews } from './api-media-views.js';
import { suggestion } from './api-suggestion.js';
import { routingViews, type RoutingViews } from './api-routing-views.js';
import { preferencesViews, type PreferencesViews } from './api-preferences-views.js';
import { writingViews, type WritingViews } from './api-writing-views.js';

interface Views
  extends
    RoutingViews,
    CannedViews,
    FindingViews,
    PreferencesViews,
    MediaViews,
    WritingViews,
    CustomerViews,
    BotViews,
    DoorViews,
    FaqViews {
  AccountView: AccountView;
  ActivityContent: ActivityContent;
  AgentStateView: AgentStateView;
  AgentSummary: AgentSummary;
  AgentView: AgentView;
  ContactView: ContactView;
  ConnectionView: ConnectionView;
  ConversationChanges: ConversationChanges;
  ConversationDetail: ConversationDetail;
  ConversationPage: ConversationPage;
  ConversationRights: ConversationRights;
  ConversationRow: ConversationRow;
  DeliveryView: DeliveryView;
  DeviceContent: DeviceContent;
  ErrorBody: ErrorBody;
  FieldError: FieldError;
  LastMessage: LastMessage;
  LocationContent: LocationContent;
  MaapSettings: MaapSettings;
  MediaContent: MediaContent;
  MessagePage: MessagePage;
  MessageView: MessageView;
  PressContent: PressContent;
  Reachability: Reachability;
  SessionView: SessionView;
  SkillView: SkillView;
  TextContent: TextContent;
  UnmaskedMessage: UnmaskedMessage;
  UnsupportedContent: UnsupportedContent;
  ViewCounts: ViewCounts;
}

/** By name, among the document's components. */
export function view<N extends keyof Views>(name: N): Described<Views[N]> {
  return { $ref: `#/components/schemas/${name}` } as Described<Views[N]>;
}

const content: Described<MessageContent> = anyOf(
  view('TextContent'),
  view('MediaContent'),
  view('LocationContent'),
  view('PressContent'),
  view('DeviceContent'),
  view('ActivityContent'),
  view('UnsupportedContent'),
);

/** What the doors answer with. The contracts are types only; here they are once more, held to them by the compiler. */
export const views: { [N in keyof Views]: Described<Views[N]> } = {
  ...mediaViews,
  ...customerViews,
  ...routingViews,
  ...findingViews,
  ...botViews,
  ...doorViews,
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
  ActivityContent: object<ActivityContent>({
    type: words({ activity: true }),
    activity,
    agentName: optional(text),
    queueName: optional(text),
    until: optional(time),
    botName: optional(text),
    reason: optional(handOffReason),
    summary: optional(text),
  }),
  AgentStateView: object<AgentStateView>({
    agentId: id,
    name: text,
    connection: connectionState,
    routing: routingState,
    reason: orNull(awayReason),
    notResponding: yesOrNo,
    state: derivedState,
    since: time,
    graceUntil: orNull(time),
    capacity: whole,
    used: orNull(fraction),
    version: whole,
  }),
  AgentSummary: object<AgentSummary>({ id, name: text, role }),
  AgentView: object<AgentView>({
    id,
    name: text,
    email: text,
    role,
    visibility,
    locale,
    active: yesOrNo,
    accountIds: listOf(id),
    capacity: whole,
    skills: listOf(object<AgentSkill>({ skillId: id, level: whole })),
  }),
  ContactView: object<ContactView>({
    id,
    state: contactState,
    assignee: orNull(object<NonNullable<ContactView['assignee']>>({ id, name: text })),
    bot: orNull(object<NonNullable<ContactView['bot']>>({ id, name: text })),
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
    handOff: orNull(view('HandOffView')),
    bots: listOf(view('BotSummary')),
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
    returnToBot: yesOrNo,
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
  DeliveryView: object<DeliveryView>({
    state: deliveryState,
    sentAt: orNull(time),
    deliveredAt: orNull(time),
    readAt: orNull(time),
    failedAt: orNull(time),
    receipt: words({ read: true, unknown: true }),
    reason: orNull(deliveryReason),
    detail: orNull(text),
    maybeTwice: yesOrNo,
    undoUntil: orNull(time),
  }),
  DeviceContent: object<DeviceContent>({
    type: words({ device: true }),
    model: optional(text),
    platform: optional(text),
    client: optional(text),
    version: optional(text),
    batteryMinutes: optional(fraction),
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
  LastMessage: object<LastMessage>({
    seq: whole,
    author: authorKind,
    contentType,
    preview: text,
    at: time,
    delivery: orNull(deliveryState),
  }),
  LocationContent: object<LocationContent>({
    type: words({ location: true }),
    latitude: fraction,
    longitude: fraction,
    label: optional(text),
  }),
  MaapSettings: object<MaapSettings>({
    baseUrl: text,
    botId: text,
    sendPath: optional(text),
    tokenUrl: optional(text),
    mediaHosts: optional(listOf(text)),
    privateHosts: optional(listOf(text)),
  }),
  MediaContent: object<MediaContent>({
    type: words({ media: true }),
    name: text,
    mimeType: text,
    size: orNull(whole),
    state: words({ preparing: true, ready: true, unavailable: true }),
    mediaId: orNull(id),
    seconds: optional(fraction),
    width: optional(whole),
    height: optional(whole),
    thumbnails: optional(yesOrNo),
    sticker: optional(sticker),
    refusal: optional(refusal),
  }),
  MessagePage: object<MessagePage>({
    messages: listOf(view('MessageView')),
    lastSeq: whole,
    lastChange: whole,
    hasMore: yesOrNo,
  }),
  MessageView: object<MessageView>({
    id,
    conversationId: id,
    contactId: orNull(id),
    seq: whole,
    change: whole,
    clientId: orNull(text),
    kind: words({ message: true, note: true, activity: true }),
    author: object<MessageView['author']>({ kind: authorKind, id: orNull(id), name: orNull(text) }),
    content,
    masked: optional({ type: 'boolean', const: true } as Described<true>),
    delivery: orNull(view('DeliveryView')),
    at: time,
  }),
  PressContent: object<PressContent>({
    type: words({ press: true }),
    label: text,
    payload: text,
    press: words({ reply: true, action: true, start: true }),
    of: optional(whole),
  }),
  Reachability: object<Reachability>({
    state: words({ reachable: true, unreachable: true, unknown: true }),
    capabilities: listOf(text),
    checkedAt: time,
  }),
  SessionView: object<SessionView>({
    agent: view('AgentView'),
    permissions: listOf(permission),
    accounts: listOf(
      object<SessionView['accounts'][number]>({ id, name: text, logoUrl: orNull(text), verified: yesOrNo }),
    ),
    now: time,
  }),
  SkillView: object<SkillView>({ id, name: text }),
  TextContent: object<TextContent>({
    type: words({ text: true }),
    text,
    suggestions: optional(listOf(suggestion)),
    mentions: optional(listOf(view('Mention'))),
  }),
  UnmaskedMessage: object<UnmaskedMessage>({ id, content }),
  UnsupportedContent: object<UnsupportedContent>({ type: words({ unsupported: true }), what: text }),
  ViewCounts: object<ViewCounts>({ mine: whole, unassigned: whole, queue: whole, bot: orNull(whole), all: whole }),
};
