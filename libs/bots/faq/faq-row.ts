import { fold, type FaqEntry, type FaqLanguage, type FaqState, type TextContent } from '#libs/contracts/index.js';
import { readingOf } from './matching/wording.js';

export interface FaqRow {
  id: string;
  version: number;
  account_id: string;
  category: string;
  language: FaqLanguage;
  phrasings: string[];
  content: TextContent;
  state: FaqState;
  valid_from: Date | null;
  valid_until: Date | null;
  proposed_by: string | null;
  proposer: string | null;
  answered: number;
  offered: number;
  chosen: number;
  updated_at: Date;
}

/** Of `faq_entries e`; who proposed it is named only while it is a proposal. */
export const faqColumnsSql = `e.id, e.version, e.account_id, e.category, e.language, e.phrasings, e.content, e.state, e.valid_from,
  e.valid_until, e.proposed_by, (select name from agents where id = e.proposed_by) as proposer, e.answered, e.offered, e.chosen,
  e.updated_at`;

export function toFaqEntry(row: FaqRow): FaqEntry {
  const proposed = row.state === 'proposed' && row.proposed_by !== null;
  return {
    id: row.id,
    version: row.version,
    accountId: row.account_id,
    category: row.category,
    language: row.language,
    phrasings: row.phrasings,
    reading: readingOf(fold(row.phrasings[0] ?? '')),
    content: row.content,
    state: row.state,
    validFrom: row.valid_from?.toISOString() ?? null,
    validUntil: row.valid_until?.toISOString() ?? null,
    proposedBy: proposed ? { id: row.proposed_by!, name: row.proposer ?? '' } : null,
    answered: row.answered,
    offered: row.offered,
    chosen: row.chosen,
    updatedAt: row.updated_at.toISOString(),
  };
}
