import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { botLimits, type BotAnswer, type BotIdea, type BotTurn } from '#libs/contracts/index.js';
import type { Bot } from '../bot.js';
import { BotKinds } from '../bot-kinds.js';
import { Bots } from '../bots.service.js';
import { reply } from './faq-dialogue.js';
import { FaqKnowledge } from './faq-knowledge.js';
import { FaqQuestions } from './faq-questions.js';
import { thresholds } from './matching/verdict.js';

/** Answers from an account's entries, asks back where two are near, and offers a person where none is. */
@Injectable()
export class FaqBot implements Bot, OnModuleInit, OnApplicationBootstrap {
  readonly key = 'faq';
  readonly name = 'よくある質問';

  constructor(
    private readonly kinds: BotKinds,
    private readonly bots: Bots,
    private readonly knowledge: FaqKnowledge,
    private readonly questions: FaqQuestions,
  ) {}

  onModuleInit(): void {
    this.kinds.register('faq', { make: () => this });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.bots.ensure({ key: this.key, kind: 'faq', name: this.name });
  }

  async answer(turn: BotTurn): Promise<BotAnswer> {
    const accountId = turn.account.id;
    const { answer, outcome } = reply(turn, await this.knowledge.of(accountId));
    if (outcome.kind === 'choice') {
      // Recorded words were asked once already: the books keep what customers really asked.
      if (!turn.rehearsal) await this.questions.chosen(accountId, turn.contactId, outcome.entryId);
      return { ...answer, remarks: { verdict: 'choice', entryId: outcome.entryId } };
    }
    if (outcome.kind === 'talk') return answer;
    const { question, judgement, said, offered } = outcome;
    const [best] = judgement.candidates;
    const booked = {
      turnId: turn.id,
      accountId,
      conversationId: turn.conversationId,
      contactId: turn.contactId,
      seq: turn.said.at(-1)!.seq,
      language: turn.language,
      question,
      verdict: said !== null ? ('answer' as const) : offered.length > 0 ? ('ask' as const) : ('unsure' as const),
      entryId: said ?? best?.id ?? null,
      offered,
    };
    if (!turn.rehearsal) await this.questions.asked(booked);
    const entries = judgement.candidates
      .slice(0, thresholds.choices)
      .map(({ id, likelihood }) => ({ id, likelihood: Math.round(likelihood * 100) / 100 }));
    return { ...answer, remarks: { verdict: judgement.verdict, entries } };
  }

  async ideas(turn: BotTurn): Promise<BotIdea[]> {
    const knowledge = await this.knowledge.of(turn.account.id);
    const texts = turn.said.flatMap((words) => (words.type === 'text' ? [words.text] : []));
    const best = new Map<string, number>();
    for (const text of texts.length > 1 ? [texts.join('\n'), ...texts] : texts) {
      for (const { id, likelihood } of knowledge.judge(text).candidates)
        if (likelihood >= thresholds.ask) best.set(id, Math.max(best.get(id) ?? 0, likelihood));
    }
    return [...best]
      .sort(([, a], [, b]) => b - a)
      .slice(0, botLimits.ideas)
      .map(([id]) => {
        const { content, phrasings } = knowledge.entry(id)!;
        const { text, suggestions } = content;
        return { text, ...(suggestions?.length ? { suggestions } : {}), source: phrasings[0]! };
      });
  }
}
