import type { TFunction } from 'i18next';
import type { Candidate, DecisionView, LeftOut, Locale } from '#libs/contracts/index.js';
import { dayKey, formatClock, formatDateTime, formatElapsed } from '../time/format.js';
import { reasonOf, type ScoreKey } from './decision-reason.js';

export interface DecisionNames {
  queue: (id: string) => string | null;
  skill: (id: string) => string | null;
}

/** 割当の理由 in sentences, for somebody who knows the work and nothing of the program. */
export class DecisionWords {
  constructor(
    private readonly t: TFunction,
    private readonly locale: Locale,
    private readonly names: DecisionNames,
  ) {}

  /** Who brought it about. */
  path({ path, chosen, by, queueId }: DecisionView): string {
    const queue = queueId === null ? this.t('why.noQueue') : (this.names.queue(queueId) ?? this.t('why.goneQueue'));
    return this.t(`why.path.${path}`, { name: chosen.name, by: by?.name ?? this.t('why.nobody'), queue });
  }

  waited({ waitedSeconds, path }: DecisionView): string {
    if (waitedSeconds === 0) return this.t('why.noWait');
    const time = formatElapsed(waitedSeconds * 1000, this.locale);
    return this.t(path === 'transfer' ? 'why.waitedSinceFirst' : 'why.waited', { time });
  }

  /** Why her: the rule of the queue, and the number that decided. */
  chosen(decision: DecisionView): string[] {
    const { strategy, skillStep, override, chosen } = decision;
    const rule = strategy !== null && decision.path === 'engine' ? [this.t(`why.strategy.${strategy}`)] : [];
    const skills = skillStep === null ? [] : [this.t('why.skillStep', { step: skillStep + 1 })];
    const knowingly = override ? [this.t('why.override', { name: chosen.name })] : [];
    return [...rule, this.reason(decision), ...skills, ...knowingly];
  }

  /** Why not this one, a sentence for each thing that kept her. */
  notChosen({ leftOut, place, score }: Candidate, decision: DecisionView): string[] {
    if (place === null) return leftOut.map((each) => this.leftOut(each));
    const reason = reasonOf(decision);
    const value = reason.kind === 'compared' ? score.find(({ key }) => key === reason.key)?.value : undefined;
    if (reason.kind !== 'compared' || value === undefined) return [this.t('why.later', { place })];
    return [this.t('why.laterWith', { place, score: this.score(reason.key, value, decision.at) })];
  }

  leftOut({ reason, need, has, skillId }: LeftOut): string {
    const seconds = (value: number | undefined) => formatElapsed((value ?? 0) * 1000, this.locale);
    if (reason === 'skillMissing') {
      const skill = (skillId === undefined ? null : this.names.skill(skillId)) ?? this.t('why.goneSkill');
      return this.t(has ? 'why.leftOut.skillMissing' : 'why.skillNone', { skill, need, has });
    }
    if (reason === 'delay') return this.t('why.leftOut.delay', { need: seconds(need), has: seconds(has) });
    return this.t(`why.leftOut.${reason}`, { need, has });
  }

  /** A number that was compared, with what it counts. */
  score(key: ScoreKey, value: number, at: string): string {
    switch (key) {
      case 'lastAgent':
        return this.t(value === 0 ? 'why.score.lastAgent' : 'why.notLastAgent');
      case 'busy':
        return this.t(value === 0 ? 'why.score.busy' : 'why.isBusy');
      case 'idleSince':
        return value === 0 ? this.t('why.neverWorked') : this.t('why.score.idleSince', { time: this.time(value, at) });
      case 'lastAssigned':
        return value === 0
          ? this.t('why.neverAssigned')
          : this.t('why.score.lastAssigned', { time: this.time(value, at) });
      case 'freeSlots':
        return this.t('why.score.freeSlots', { value: Math.abs(value) });
      case 'load':
        return this.t('why.score.load', { value: (value * 100).toFixed(1) });
      case 'levels':
        return this.t('why.score.levels', { value: Math.abs(value) });
      case 'agentId':
        return this.t('why.score.agentId');
    }
  }

  /** How it ended for her; null where nobody was asked, because it was hers at once. */
  outcome({ outcome, offerId }: DecisionView): string | null {
    if (outcome !== null) return this.t(`why.outcome.${outcome}`);
    return offerId === null ? this.t('why.atOnce') : this.t('why.open');
  }

  private reason(decision: DecisionView): string {
    const reason = reasonOf(decision);
    const { name } = decision.chosen;
    switch (reason.kind) {
      case 'only':
        return this.t('why.reason.only', { name });
      case 'alike':
        return this.t('why.reason.alike', { name, next: reason.next });
      case 'sameByHand':
        return this.t('why.reason.sameByHand');
      case 'otherByHand':
        return this.t('why.reason.otherByHand', { first: reason.first });
      case 'byHand':
        return this.t('why.reason.byHand');
      case 'compared': {
        const { key, next } = reason;
        const hers = this.score(key, reason.hers, decision.at);
        const others = this.score(key, reason.others, decision.at);
        // Both in the same second: the clock on the screen cannot tell them apart.
        if (hers === others) return this.t('why.reason.hair', { name, next, score: hers });
        return this.t('why.reason.compared', { name, next, hers, others });
      }
    }
  }

  private time(value: number, at: string): string {
    const sameDay = dayKey(value) === dayKey(Date.parse(at));
    return sameDay ? formatClock(value, this.locale) : formatDateTime(value, this.locale);
  }
}
