import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FaqKnowledge } from '../faq/faq-knowledge.js';
import { KnowledgeSources } from '../knowledge.js';

/** What an account's FAQ holds near a question, for bots that answer by a model. */
@Injectable()
export class FaqForModels implements OnModuleInit {
  constructor(
    private readonly faq: FaqKnowledge,
    private readonly sources: KnowledgeSources,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      find: async ({ accountId, words, most }) => {
        const known = await this.faq.of(accountId);
        const near = known.judge(words).candidates.slice(0, most);
        return near.flatMap(({ id }) => {
          const entry = known.entry(id);
          return entry ? [{ title: entry.phrasings[0] ?? '', text: entry.content.text }] : [];
        });
      },
    });
  }
}
