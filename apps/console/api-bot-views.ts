import { botKinds } from '#libs/contracts/index.js';
import type {
  AccountBots,
  BotContainment,
  BotIdeaView,
  BotKind,
  BotNumbers,
  BotSummary,
  BotTurnOutcome,
  BotTurnPage,
  BotTurnView,
  BotView,
  HandOffField,
  HandOffReason,
  HandOffView,
  MadeBot,
} from '#libs/contracts/index.js';
import {
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
import { suggestion } from './api-suggestion.js';

export interface BotViews {
  AccountBots: AccountBots;
  BotContainment: BotContainment;
  BotIdeaView: BotIdeaView;
  BotSummary: BotSummary;
  BotTurnPage: BotTurnPage;
  BotView: BotView;
  HandOffView: HandOffView;
  MadeBot: MadeBot;
}

/** By name, among the document's components. */
function named<T>(name: string): Described<T> {
  return { $ref: `#/components/schemas/${name}` } as Described<T>;
}

const anything: Described<Record<string, unknown>> = { type: 'object', additionalProperties: true };
const kind: Described<BotKind> = { type: 'string', enum: [...botKinds] };
const byName = object<{ id: string; name: string }>({ id, name: text });
const outcome = words<BotTurnOutcome>({
  answered: true,
  handedOff: true,
  passed: true,
  failed: true,
  late: true,
  invalid: true,
  rejected: true,
  resting: true,
  words: true,
  loop: true,
});
/** Why a bot left it to people. */
export const handOffReason = words<HandOffReason>({
  asked: true,
  unsure: true,
  done: true,
  rule: true,
  failed: true,
  late: true,
  loop: true,
  words: true,
});

/** Bots, their turns and what they hand over, as the doors answer with them. */
export const botViews: { [N in keyof BotViews]: Described<BotViews[N]> } = {
  AccountBots: object<AccountBots>({
    accountId: id,
    botIds: listOf(id),
    words: listOf(text),
    handOffText: orNull(text),
  }),
  BotContainment: object<BotContainment>({
    from: time,
    to: time,
    contacts: whole,
    contained: whole,
    handedOff: whole,
    takenOver: whole,
  }),
  BotIdeaView: object<BotIdeaView>({
    bot: byName,
    text,
    suggestions: optional(listOf(suggestion)),
    source: optional(text),
  }),
  BotSummary: object<BotSummary>({ id, name: text, ideas: yesOrNo }),
  BotTurnPage: object<BotTurnPage>({
    turns: listOf(
      object<BotTurnView>({
        id,
        botId: id,
        conversationId: id,
        contactId: id,
        number: whole,
        fromSeq: whole,
        toSeq: whole,
        outcome: orNull(outcome),
        fault: orNull(text),
        remarks: orNull(anything),
        startedAt: time,
        tookMs: orNull(whole),
      }),
    ),
    next: orNull(id),
  }),
  BotView: object<BotView>({
    id,
    key: text,
    kind,
    name: text,
    enabled: yesOrNo,
    available: yesOrNo,
    settings: anything,
    hasSecret: yesOrNo,
    accountIds: listOf(id),
    restsUntil: orNull(time),
    numbers: object<BotNumbers>({
      turns: whole,
      answered: whole,
      passed: whole,
      handedOff: whole,
      failed: whole,
      medianMs: orNull(whole),
    }),
    createdAt: time,
  }),
  HandOffView: object<HandOffView>({
    id,
    contactId: id,
    bot: byName,
    reason: handOffReason,
    summary: orNull(text),
    fields: listOf(object<HandOffField>({ label: text, value: text })),
    queueId: orNull(id),
    skillIds: listOf(id),
    at: time,
  }),
  MadeBot: object<MadeBot>({ bot: named<BotView>('BotView'), secret: orNull(text) }),
};
