/** A queue (窓口): where contacts wait, and every rule by which they leave it. All durations are whole seconds. */

/**
 * Who of those who may, gets it: `longestIdle` — whose last contact ended first; `spareCapacity` — most free slots;
 * `relativeLoad` — the smallest share in use; `roundRobin` — whose turn it is; `bestSkill` — the highest levels.
 */
export const strategies = ['longestIdle', 'spareCapacity', 'relativeLoad', 'roundRobin', 'bestSkill'] as const;
export type Strategy = (typeof strategies)[number];

export const priorities = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export interface QueueMember {
  agentId: string;
  /** Rank of this queue in her profile: 1 first. */
  rank: number;
  /** She is asked only for contacts that have waited so long. */
  delaySeconds: number;
}

export interface SkillNeed {
  skillId: string;
  /** 1–5; hers must be this or higher. */
  level: number;
}

/** From `afterSeconds` of waiting on, this is what is asked; the step before it no longer counts. */
export interface SkillStep {
  afterSeconds: number;
  need: SkillNeed[];
}

/** `09:00`; `to` may be `24:00`, or not after `from`: then it is on the next day. */
export interface HoursSpan {
  from: string;
  to: string;
}

/** In Asia/Tokyo. */
export interface QueueHours {
  /** Sunday first. */
  week: [HoursSpan[], HoursSpan[], HoursSpan[], HoursSpan[], HoursSpan[], HoursSpan[], HoursSpan[]];
  /** On Japan's public holidays: as on any such weekday, or these spans (none: closed). */
  holidays: 'asUsual' | HoursSpan[];
  /** Single days that win over everything else: year's end, a founding day. */
  exceptions: { date: string; name: string; spans: HoursSpan[] }[];
}

export interface ServiceLevelTarget {
  percent: number;
  seconds: number;
  /** `reply`: first human reply within the time; `accept`: accepted within it. */
  basis: 'reply' | 'accept';
  /** Whoever leaves sooner than this is a short abandon. */
  shortAbandonSeconds: number;
  includeShortAbandons: boolean;
}

export interface Overflow {
  queueId: string;
  /** `overlay`: the target's members are asked as well, the contact stays where it is; `move`: it goes there. */
  mode: 'overlay' | 'move';
  /** After so long a wait; null: never for that reason. */
  afterSeconds: number | null;
  /** When more than so many wait; null: never for that reason. */
  longerThan: number | null;
  /** When no member is connected and ready. */
  whenUnstaffed: boolean;
}

export interface StickyRule {
  /** The last agent is preferred when the customer's last contact ended less than so many days ago. */
  days: number;
  /** So long is waited for her while she is full … */
  waitFullSeconds: number;
  /** … and while she is not there. */
  waitAbsentSeconds: number;
}

export interface InactivityRule {
  /** The contact closes when the customer has not answered for so long. */
  closeAfterSeconds: number;
  /** The agent is warned so long before. */
  warnSeconds: number;
  /** Sent to the customer when it closes; null: nothing is sent. */
  text: string | null;
}

export interface Disposition {
  /** Stays when the name changes; made by the server when left out. */
  id: string;
  name: string;
  active: boolean;
}

/** Sent by themselves, never counted as replies; null: nothing is sent. */
export interface QueueTexts {
  /** May hold `{wait}`: the expected wait as a range; while it is not known, the sentence that holds it is left out. */
  queued: string | null;
  /** May hold `{opens}`: when the queue opens next; likewise. */
  outOfHours: string | null;
  full: string | null;
  /** To whoever still waits when the queue closes, with `atClosing: 'close'`. */
  closing: string | null;
}

/** What an administrator sets. */
export interface QueueRules {
  name: string;
  description: string;
  active: boolean;
  /** New contacts of these official accounts begin here; an account leads to one queue at most. */
  accountIds: string[];
  members: QueueMember[];
  strategy: Strategy;
  /** Ascending by `afterSeconds`, the first at 0; empty: no skill is asked. */
  skillSteps: SkillStep[];
  /** Seconds by which a priority is ahead of a normal contact. */
  boosts: Record<Priority, number>;
  /** Priority of contacts that begin here. */
  priority: Priority;
  /** A contact that waited longer than this comes first whatever its queue's rank. */
  guardSeconds: number;
  offerSeconds: number;
  /** Hers at once, without being asked. */
  autoAccept: boolean;
  /** So many slots one of its contacts takes. */
  weight: number;
  wrapUpSeconds: number;
  /** New offers while she is in wrap-up; the contact keeps its slot either way. */
  wrapUpOverlap: boolean;
  dispositionRequired: boolean;
  dispositions: Disposition[];
  /** 送信内容確認: who answers here is shown what goes out, and to whom, before it does. */
  confirmSend: boolean;
  serviceLevel: ServiceLevelTarget;
  /** So many may wait; null: any number. */
  maxLength: number | null;
  /** `keep`: the text, and it waits all the same; `refuse`: the text, and the contact is over; `overflow`: moves there. */
  whenFull: 'keep' | 'refuse' | 'overflow';
  overflow: Overflow | null;
  /** null: always open. */
  hours: QueueHours | null;
  /** `keep`: waits until it opens; `refuse`: the text, and the contact is over. */
  whenClosed: 'keep' | 'refuse';
  /** What was taken in time: `serve` goes on being offered; `close` gets the text, and is over. */
  atClosing: 'serve' | 'close';
  sticky: StickyRule | null;
  inactivity: InactivityRule | null;
  texts: QueueTexts;
}

export interface QueueView extends QueueRules {
  id: string;
  /** Rises with every change; send the one you read with a change. */
  version: number;
}

export type CreateQueueBody = Partial<QueueRules> & { name: string };

/** What is left out stays. `version`: the one that was read; another one by now is 409 `conflict`. */
export type EditQueueBody = Partial<QueueRules> & { version?: number };

/** A queue as everybody may know it, with what waits now. */
export interface QueueSummary {
  id: string;
  name: string;
  active: boolean;
  /** Of its rules: another one than an editor began with says that a colleague has changed them. */
  version: number;
  accountIds: string[];
  open: boolean;
  /** When its hours close it or open it next; null: they never do. */
  changesAt: string | null;
  /** In the states queued and offered. */
  waiting: number;
  /** Enqueuing of whoever waits longest. */
  longestSince: string | null;
  members: number;
  /** Members who are connected and ready, and the free slots they have. */
  ready: number;
  freeSlots: number;
  /** null with too few samples. */
  expectedWait: WaitRange | null;
  /** For the wrap-up panel. */
  dispositions: Disposition[];
  dispositionRequired: boolean;
  confirmSend: boolean;
}

/** A queue that an agent is a member of, seen from her side. */
export interface QueueMembership {
  queueId: string;
  rank: number;
  delaySeconds: number;
}

/** All of them: a queue that is left out loses her. */
export interface SetMembershipsBody {
  memberships: QueueMembership[];
}

/** Seconds, rounded up. */
export interface WaitRange {
  fromSeconds: number;
  toSeconds: number;
}

/** What a change would do to what waits now, without doing it. */
export interface QueuePreview {
  waiting: number;
  /** Would be offered at once, and to whom: the first 100, in the order in which it would happen. */
  offersNow: number;
  offers: { conversationId: string; agentId: string }[];
  before: PreviewSide;
  after: PreviewSide;
  /** Waiting contacts that come earlier or later in the order than now. */
  earlier: number;
  later: number;
  overflows: number;
  /** Contacts that the change takes into the queue, because it now serves their account. */
  enters: number;
}

export interface PreviewSide {
  /** Waiting contacts that some member, ready or not, could get at their present age. */
  placeable: number;
  /** Waiting contacts that nobody could get, whoever came ready. */
  unplaceable: number;
  members: number;
  ready: number;
  freeSlots: number;
  open: boolean;
}

/** Limits of every field; the server refuses with the field's name and the limit, a screen shows them beforehand. */
export const queueLimits = {
  name: 60,
  description: 400,
  members: 2000,
  rank: { min: 1, max: 99 },
  delaySeconds: 9_999,
  skillSteps: 10,
  needsPerStep: 10,
  level: { min: 1, max: 5 },
  boostSeconds: { min: -86_400, max: 86_400 },
  guardSeconds: { min: 10, max: 86_400 },
  offerSeconds: { min: 5, max: 600 },
  weight: { min: 1, max: 10 },
  wrapUpSeconds: { min: 0, max: 3_600 },
  dispositions: 100,
  dispositionName: 60,
  serviceSeconds: { min: 1, max: 86_400 },
  maxLength: { min: 1, max: 100_000 },
  overflowSeconds: { min: 0, max: 86_400 },
  spansPerDay: 6,
  exceptions: 366,
  stickyDays: { min: 1, max: 365 },
  stickyWaitSeconds: { min: 0, max: 3_600 },
  inactivitySeconds: { min: 60, max: 2_592_000 },
  warnSeconds: { min: 0, max: 86_400 },
  text: 1_000,
} as const;
