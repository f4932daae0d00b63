import type { MessagePage } from '#libs/contracts/index.js';
import { api } from '../http/api.js';

/** So far behind, a fresh window costs less than every change in between. */
const FAR_BEHIND = 500;
const PAGE = 200;

/** Every page of changes after `start`, each with what it continues; null when a thread is too far behind for that. */
export async function changesSince(id: string, start: number): Promise<{ page: MessagePage; since: number }[] | null> {
  const pages: { page: MessagePage; since: number }[] = [];
  for (let since = start; ;) {
    const page = await api.messages(id, { changedAfter: since, limit: PAGE });
    if (page.lastChange - start > FAR_BEHIND) return null;
    pages.push({ page, since });
    if (!page.hasMore || page.messages.length === 0) return pages;
    since = Math.max(...page.messages.map((message) => message.change));
  }
}
