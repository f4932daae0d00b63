import { replayOutcomes, replayStates } from '#libs/contracts/index.js';
import type {
  BotStep,
  BotToken,
  FlowDocument,
  FlowVersion,
  FlowView,
  HandOffReason,
  ReplayCounts,
  ReplayOutcome,
  ReplayResult,
  ReplaySide,
  ReplayState,
  ReplayTurnPage,
  ReplayTurnView,
  ReplayView,
} from '#libs/contracts/index.js';
import { id, listOf, object, orNull, text, time, whole, words, yesOrNo, type Described } from './api-schema.js';

export interface DoorViews {
  BotToken: BotToken;
  FlowVersion: FlowVersion;
  FlowView: FlowView;
  ReplayTurnPage: ReplayTurnPage;
  ReplayView: ReplayView;
}

/** What a flow is made of stands in the contracts; the server names each field that breaks it. */
const document = { type: 'object', additionalProperties: true, description: 'FlowDocument' } as Described<FlowDocument>;
const step = { type: 'object', additionalProperties: true, description: 'BotStep' } as Described<BotStep>;
const state: Described<ReplayState> = { type: 'string', enum: [...replayStates] };
const outcome: Described<ReplayOutcome> = { type: 'string', enum: [...replayOutcomes] };
const side = object<ReplaySide>({ botId: id, name: text, version: orNull(whole) });
const counts = object<ReplayCounts>({ answered: whole, handedOff: whole, passed: whole, failed: whole });
const reason = words<HandOffReason>({
  asked: true,
  unsure: true,
  done: true,
  rule: true,
  failed: true,
  late: true,
  loop: true,
  words: true,
});
const result = object<ReplayResult>({
  outcome,
  steps: listOf(step),
  reason: orNull(reason),
  fault: orNull(text),
  tookMs: whole,
});

/** Bots over HTTP, guided flows and replays. */
export const doorViews: { [N in keyof DoorViews]: Described<DoorViews[N]> } = {
  BotToken: object<BotToken>({ token: text, createdAt: time }),
  FlowVersion: object<FlowVersion>({ version: whole, steps: whole, by: orNull(text), at: time }),
  FlowView: object<FlowView>({ botId: id, version: whole, document, by: orNull(text), at: time }),
  ReplayTurnPage: object<ReplayTurnPage>({
    turns: listOf(
      object<ReplayTurnView>({
        place: whole,
        conversationId: id,
        contactId: id,
        number: whole,
        fromSeq: whole,
        said: listOf(text),
        result: orNull(result),
        other: orNull(result),
        differs: yesOrNo,
      }),
    ),
    next: orNull(whole),
  }),
  ReplayView: object<ReplayView>({
    id,
    bot: side,
    against: orNull(side),
    account: object<ReplayView['account']>({ id, name: text }),
    since: time,
    until: time,
    state,
    contacts: whole,
    done: whole,
    results: counts,
    otherResults: orNull(counts),
    differences: whole,
    by: orNull(text),
    createdAt: time,
    endedAt: orNull(time),
  }),
};
