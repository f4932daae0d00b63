import { Injectable } from '@nestjs/common';
import type { FaqTrial, FaqVerdict, TryFaqBody } from '#libs/contracts/index.js';
import type { Author } from '#libs/conversations/index.js';
import { languageOf, replyTo } from './faq-dialogue.js';
import { ownAccount } from './faq-entries.service.js';
import { FaqKnowledge } from './faq-knowledge.js';
import { thresholds } from './matching/verdict.js';

const SHOWN = 5;

/** What the bot would answer, for whoever writes its entries. */
@Injectable()
export class FaqTrials {
  constructor(private readonly knowledge: FaqKnowledge) {}

  async of(author: Author, { accountId, question }: TryFaqBody): Promise<FaqTrial> {
    ownAccount(author, accountId);
    const knowledge = await this.knowledge.of(accountId);
    const began = performance.now();
    const { outcome, reply } = replyTo(question, languageOf(question, 'ja'), knowledge);
    const tookMs = round(performance.now() - began);
    if (outcome.kind !== 'question') return { verdict: 'courtesy', reply, candidates: [], thresholds: told, tookMs };
    const { said, offered, judgement } = outcome;
    const verdict: FaqVerdict = said !== null ? 'answer' : offered.length > 0 ? 'ask' : 'unsure';
    const candidates = judgement.candidates.slice(0, SHOWN).map((each) => ({
      entryId: each.id,
      title: knowledge.entry(each.id)!.phrasings[0]!,
      likelihood: round(each.likelihood),
      offered: each.id === said || offered.includes(each.id),
      likeness: round(each.likeness),
      covered: round(Math.min(1, each.covered)),
      fulfilled: round(Math.min(1, each.fulfilled)),
    }));
    return { verdict, reply, candidates, thresholds: told, tookMs };
  }
}

const told = { answer: thresholds.answer, ask: thresholds.ask };

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
