import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Jobs } from '#libs/platform/jobs/index.js';
import { MediaStore } from '#libs/platform/media/index.js';
import { Log } from '#libs/platform/telemetry/index.js';

/** Younger ones may belong to a row that is just being written. */
const YOUNG_MS = 24 * 60 * 60 * 1000;
const AT_ONCE = 500;

/** At night (03:35 in Tokyo) files go that no row refers to any more: customers were erased, or a copy broke off. */
@Injectable()
export class MediaCleaning implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly dataSource: DataSource,
    private readonly store: MediaStore,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.at('35 18 * * *', 'media.cleanFiles', async () => {
      const files = await this.dropUnnamed(new Date(Date.now() - YOUNG_MS));
      this.log.info({ files }, 'erased files that no message refers to');
    });
  }

  /** @returns how many went */
  async dropUnnamed(before: Date): Promise<number> {
    let gone = 0;
    for await (const names of this.store.names(before)) {
      for (let from = 0; from < names.length; from += AT_ONCE) {
        const some = names.slice(from, from + AT_ONCE);
        const known = await this.dataSource.query<{ name: string }[]>(
          `select stored_as as name from attachments where stored_as = any($1::text[])
           union select id::text from uploads where id::text = any($1::text[])`,
          [some],
        );
        const named = new Set(known.map(({ name }) => name));
        const unnamed = some.filter((name) => !named.has(name));
        await Promise.all(unnamed.map((name) => this.store.remove(name)));
        gone += unnamed.length;
      }
    }
    return gone;
  }
}
