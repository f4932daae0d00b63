import { Injectable } from '@nestjs/common';

/** What an account knows about something its customers ask. */
export interface Knowledge {
  title: string;
  text: string;
}

/** Whoever keeps an account's answers: hands over what may help with a question, best first. */
export interface KnowledgeSource {
  find(wish: { accountId: string; words: string; language: 'ja' | 'en'; most: number }): Promise<Knowledge[]>;
}

/** Where bots look answers up; each source registers itself while the modules are set up. */
@Injectable()
export class KnowledgeSources {
  private readonly sources: KnowledgeSource[] = [];

  register(source: KnowledgeSource): void {
    this.sources.push(source);
  }

  async find(wish: Parameters<KnowledgeSource['find']>[0]): Promise<Knowledge[]> {
    const found = await Promise.all(this.sources.map((source) => source.find(wish)));
    return found.flat().slice(0, wish.most);
  }
}
