import type { QueryClient } from '@tanstack/react-query';
import type { CannedEvent } from '#libs/contracts/index.js';
import { cannedKeys } from './queries.js';

/** What changed is asked for again by whoever looks at it, and by the others when they look next. */
export class LiveCanned {
  constructor(private readonly client: QueryClient) {}

  hear({ what }: CannedEvent): void {
    void this.client.invalidateQueries({ queryKey: what === 'responses' ? cannedKeys.book : cannedKeys.forbidden });
  }

  /** After a connect or a gap. */
  async catchUp(): Promise<void> {
    const all = [cannedKeys.book, cannedKeys.forbidden];
    await Promise.all(all.map((queryKey) => this.client.invalidateQueries({ queryKey })));
  }
}
