import { leftOutReasons, strategies } from '#libs/contracts/index.js';
import type {
  Candidate,
  ConversationRow,
  DecisionPath,
  DecisionView,
  Disposition,
  HoursSpan,
  InactivityRule,
  LeftOut,
  OfferKind,
  OfferOutcome,
  OfferView,
  Overflow,
  PreviewSide,
  QueueHours,
  QueueMember,
  QueueMembership,
  QueuePreview,
  QueueRules,
  QueueSummary,
  QueueTexts,
  QueueView,
  ReleaseResult,
  Score,
  ServiceLevelTarget,
  SkillNeed,
  SkillStep,
  StickyRule,
  Strategy,
  WaitRange,
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
import { errorCode, priority } from './api-words.js';

export interface RoutingViews {
  Candidate: Candidate;
  DecisionView: DecisionView;
  OfferView: OfferView;
  PreviewSide: PreviewSide;
  QueueHours: QueueHours;
  QueueMembership: QueueMembership;
  QueuePreview: QueuePreview;
  QueueSummary: QueueSummary;
  QueueView: QueueView;
  ReleaseResult: ReleaseResult;
}

/** By name, among the document's components. */
function named<T>(name: string): Described<T> {
  return { $ref: `#/components/schemas/${name}` } as Described<T>;
}

const strategy: Described<Strategy> = { type: 'string', enum: [...strategies] };
const offerKind = words<OfferKind>({ queue: true, transfer: true });
const outcome = words<OfferOutcome>({ accepted: true, declined: true, expired: true, withdrawn: true });
const decisionPath = words<DecisionPath>({ engine: true, claim: true, assignment: true, transfer: true, reply: true });
const person = object<{ id: string; name: string }>({ id, name: text });
const waitRange = object<WaitRange>({ fromSeconds: whole, toSeconds: whole });
const disposition = object<Disposition>({ id: text, name: text, active: yesOrNo });
const span = object<HoursSpan>({ from: text, to: text });
const spans = listOf(span);
const skillNeed = object<SkillNeed>({ skillId: id, level: whole });
const skillStep = object<SkillStep>({ afterSeconds: whole, need: listOf(skillNeed) });
const scoreKey = words<Score['key']>({
  lastAgent: true,
  busy: true,
  idleSince: true,
  lastAssigned: true,
  freeSlots: true,
  load: true,
  levels: true,
  agentId: true,
});

/** Queues, offers and the reasons of assignments, as the doors answer with them. */
export const routingViews: { [N in keyof RoutingViews]: Described<RoutingViews[N]> } = {
  Candidate: object<Candidate>({
    agent: person,
    leftOut: listOf(
      object<LeftOut>({
        reason: { type: 'string', enum: [...leftOutReasons] } as Described<LeftOut['reason']>,
        need: optional(fraction),
        has: optional(fraction),
        skillId: optional(id),
      }),
    ),
    used: whole,
    capacity: whole,
    place: orNull(whole),
    score: listOf(object<Score>({ key: scoreKey, value: fraction })),
  }),
  DecisionView: object<DecisionView>({
    id,
    contactId: id,
    at: time,
    path: decisionPath,
    queueId: orNull(id),
    strategy: orNull(strategy),
    skillStep: orNull(whole),
    waitedSeconds: whole,
    chosen: person,
    by: orNull(person),
    override: yesOrNo,
    offerId: orNull(id),
    outcome: orNull(outcome),
    candidates: listOf(named<Candidate>('Candidate')),
    more: whole,
  }),
  OfferView: object<OfferView>({
    id,
    contactId: id,
    conversationId: id,
    queueId: orNull(id),
    kind: offerKind,
    from: orNull(person),
    note: orNull(text),
    conversation: named<ConversationRow>('ConversationRow'),
    madeAt: time,
    deadline: time,
  }),
  PreviewSide: object<PreviewSide>({
    placeable: whole,
    unplaceable: whole,
    members: whole,
    ready: whole,
    freeSlots: whole,
    open: yesOrNo,
  }),
  QueueHours: object<QueueHours>({
    week: { type: 'array', items: spans, minItems: 7, maxItems: 7 } as unknown as Described<QueueHours['week']>,
    holidays: { anyOf: [{ type: 'string', enum: ['asUsual'] }, spans] } as unknown as Described<QueueHours['holidays']>,
    exceptions: listOf(object<QueueHours['exceptions'][number]>({ date: text, name: text, spans })),
  }),
  QueueMembership: object<QueueMembership>({ queueId: id, rank: whole, delaySeconds: whole }),
  QueuePreview: object<QueuePreview>({
    waiting: whole,
    offersNow: whole,
    offers: listOf(object<QueuePreview['offers'][number]>({ conversationId: id, agentId: id })),
    before: named<PreviewSide>('PreviewSide'),
    after: named<PreviewSide>('PreviewSide'),
    earlier: whole,
    later: whole,
    overflows: whole,
    enters: whole,
  }),
  QueueSummary: object<QueueSummary>({
    id,
    name: text,
    active: yesOrNo,
    version: whole,
    accountIds: listOf(id),
    open: yesOrNo,
    changesAt: orNull(time),
    waiting: whole,
    longestSince: orNull(time),
    members: whole,
    ready: whole,
    freeSlots: whole,
    expectedWait: orNull(waitRange),
    dispositions: listOf(disposition),
    dispositionRequired: yesOrNo,
    confirmSend: yesOrNo,
  }),
  QueueView: object<QueueView>({
    id,
    version: whole,
    name: text,
    description: text,
    active: yesOrNo,
    accountIds: listOf(id),
    members: listOf(object<QueueMember>({ agentId: id, rank: whole, delaySeconds: whole })),
    strategy,
    skillSteps: listOf(skillStep),
    boosts: object<QueueRules['boosts']>({ urgent: whole, high: whole, normal: whole, low: whole }),
    priority,
    guardSeconds: whole,
    offerSeconds: whole,
    autoAccept: yesOrNo,
    weight: whole,
    wrapUpSeconds: whole,
    wrapUpOverlap: yesOrNo,
    dispositionRequired: yesOrNo,
    confirmSend: yesOrNo,
    dispositions: listOf(disposition),
    serviceLevel: object<ServiceLevelTarget>({
      percent: whole,
      seconds: whole,
      basis: words({ reply: true, accept: true }),
      shortAbandonSeconds: whole,
      includeShortAbandons: yesOrNo,
    }),
    maxLength: orNull(whole),
    whenFull: words({ keep: true, refuse: true, overflow: true }),
    overflow: orNull(
      object<Overflow>({
        queueId: id,
        mode: words({ overlay: true, move: true }),
        afterSeconds: orNull(whole),
        longerThan: orNull(whole),
        whenUnstaffed: yesOrNo,
      }),
    ),
    hours: orNull(named<QueueHours>('QueueHours')),
    whenClosed: words({ keep: true, refuse: true }),
    atClosing: words({ serve: true, close: true }),
    sticky: orNull(object<StickyRule>({ days: whole, waitFullSeconds: whole, waitAbsentSeconds: whole })),
    inactivity: orNull(object<InactivityRule>({ closeAfterSeconds: whole, warnSeconds: whole, text: orNull(text) })),
    texts: object<QueueTexts>({
      queued: orNull(text),
      outOfHours: orNull(text),
      full: orNull(text),
      closing: orNull(text),
    }),
  }),
  ReleaseResult: object<ReleaseResult>({
    returned: listOf(id),
    asked: listOf(id),
    kept: listOf(object<ReleaseResult['kept'][number]>({ conversationId: id, code: errorCode })),
  }),
};
