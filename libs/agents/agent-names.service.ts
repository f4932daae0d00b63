import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ShortMemory } from '#libs/platform/memory/index.js';
import { Announcements } from '#libs/platform/realtime/index.js';
import type { SessionNews } from './sessions.service.js';

/** Names beside messages and rows: asked all the time, changed hardly ever. */
@Injectable()
export class AgentNames implements OnModuleInit {
  private readonly names = new ShortMemory<string | null>(60_000, 10_000);

  constructor(
    private readonly database: DataSource,
    private readonly announcements: Announcements,
  ) {}

  onModuleInit(): void {
    this.announcements.on('sessions', (refs) => {
      for (const news of refs as SessionNews[]) if ('agentId' in news) this.names.forget(news.agentId);
    });
    this.announcements.onGap(() => this.names.clear());
  }

  /** One query for all that are not remembered, none when they are. Unknown ids are missing in the answer. */
  async of(ids: readonly string[]): Promise<Map<string, string>> {
    const missing: string[] = [];
    const reading = Promise.resolve().then(() => this.read(missing));
    const found = await Promise.all(
      [...new Set(ids)].map(async (id) => {
        const name = await this.names.get(id, () => {
          missing.push(id);
          return reading.then((names) => names.get(id) ?? null);
        });
        return [id, name] as const;
      }),
    );
    return new Map(found.filter((entry): entry is [string, string] => entry[1] !== null));
  }

  private async read(ids: string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<{ id: string; name: string }[]>(
      'select id, name from agents where id = any($1::bigint[])',
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
