import { Injectable } from '@nestjs/common';
import { searchKinds, searchLimits, type SearchAnswer, type SearchKind } from '#libs/contracts/index.js';
import { Metrics } from '#libs/platform/telemetry/index.js';
import type { Asker } from '../conversation-access.js';
import { CustomerSearch } from './customer-search.js';
import { MessageSearch } from './message-search.js';
import { SearchPool } from './search-pool.js';
import type { SearchFilters, SearchPlace } from './search-scope.js';

export interface SearchQuery {
  terms: readonly string[];
  /** Null: a glance at each. */
  kind: SearchKind | null;
  filters: SearchFilters;
  after: SearchPlace | null;
}

/** One question to everything that may be found, on connections that live work does not need. */
@Injectable()
export class Search {
  private readonly seconds;

  constructor(
    private readonly pool: SearchPool,
    private readonly messages: MessageSearch,
    private readonly customers: CustomerSearch,
    metrics: Metrics,
  ) {
    this.seconds = metrics.histogram('madoguchi_search_seconds', 'Time of a search', ['outcome']);
  }

  async find(asker: Asker, query: SearchQuery, left: AbortSignal): Promise<SearchAnswer> {
    const { terms, filters, after } = query;
    const limit = query.kind === null ? searchLimits.glance : searchLimits.page;
    const kinds = query.kind === null ? kindsFor(filters) : [query.kind];
    const done = this.seconds.startTimer();
    let outcome = 'failed';
    try {
      return await this.pool.run(asker.agentId, left, async (session) => {
        const [progress] = await session.query<{ indexing: boolean }>(
          'select back_to > 0 as indexing from search_progress',
          [],
        );
        const answer: SearchAnswer = { messages: null, notes: null, customers: null, indexing: progress!.indexing };
        for (const kind of kinds) {
          if (kind === 'customers') {
            answer.customers = await this.customers.find(session, asker, { terms, account: filters.account, limit });
          } else {
            answer[kind] = await this.messages.find(session, asker, { kind, terms, filters, after, limit });
          }
        }
        outcome = kinds.some((kind) => answer[kind]?.partial) ? 'partial' : 'whole';
        return answer;
      });
    } finally {
      done({ outcome });
    }
  }
}

/** Whoever narrows by what only messages have is not looking for a person. */
function kindsFor(filters: SearchFilters): readonly SearchKind[] {
  const { queue, agent, state, label, from, to, media } = filters;
  const narrowed = media || [queue, agent, state, label, from, to].some((value) => value !== null);
  return narrowed ? searchKinds.filter((kind) => kind !== 'customers') : searchKinds;
}
