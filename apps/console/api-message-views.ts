import type {
  ActivityContent,
  DeliveryView,
  DeviceContent,
  LastMessage,
  LocationContent,
  MediaContent,
  Mention,
  MessageContent,
  MessagePage,
  MessageView,
  PressContent,
  Suggestion,
  TextContent,
  UnmaskedMessage,
  UnsupportedContent,
} from '#libs/contracts/index.js';
import {
  anyOf,
  fraction,
  id,
  listOf,
  named,
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
import { activity, authorKind, contentType, deliveryReason, deliveryState } from './api-words.js';
import { refusal, sticker } from './api-media-views.js';

export interface MessageViews {
  ActivityContent: ActivityContent;
  DeliveryView: DeliveryView;
  DeviceContent: DeviceContent;
  LastMessage: LastMessage;
  LocationContent: LocationContent;
  MediaContent: MediaContent;
  MessagePage: MessagePage;
  MessageView: MessageView;
  PressContent: PressContent;
  TextContent: TextContent;
  UnmaskedMessage: UnmaskedMessage;
  UnsupportedContent: UnsupportedContent;
}

type Button<K extends Suggestion['kind']> = Extract<Suggestion, { kind: K }>;
const suggestion: Described<Suggestion> = anyOf(
  object<Button<'reply'>>({ kind: words({ reply: true }), label: text, payload: text }),
  object<Button<'url'>>({ kind: words({ url: true }), label: text, payload: text, url: text }),
  object<Button<'dial'>>({ kind: words({ dial: true }), label: text, payload: text, phone: text }),
);

const content: Described<MessageContent> = anyOf(
  named<TextContent>('TextContent'),
  named<MediaContent>('MediaContent'),
  named<LocationContent>('LocationContent'),
  named<PressContent>('PressContent'),
  named<DeviceContent>('DeviceContent'),
  named<ActivityContent>('ActivityContent'),
  named<UnsupportedContent>('UnsupportedContent'),
);

/** What is written, and what became of it. */
export const messageViews: { [N in keyof MessageViews]: Described<MessageViews[N]> } = {
  ActivityContent: object<ActivityContent>({
    type: words({ activity: true }),
    activity,
    agentName: optional(text),
    queueName: optional(text),
    until: optional(time),
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
    messages: listOf(named<MessageView>('MessageView')),
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
    delivery: orNull(named<DeliveryView>('DeliveryView')),
    at: time,
  }),
  PressContent: object<PressContent>({
    type: words({ press: true }),
    label: text,
    payload: text,
    press: words({ reply: true, action: true, start: true }),
  }),
  TextContent: object<TextContent>({
    type: words({ text: true }),
    text,
    suggestions: optional(listOf(suggestion)),
    mentions: optional(listOf(named<Mention>('Mention'))),
  }),
  UnmaskedMessage: object<UnmaskedMessage>({ id, content }),
  UnsupportedContent: object<UnsupportedContent>({ type: words({ unsupported: true }), what: text }),
};
