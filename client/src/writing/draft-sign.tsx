import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { drafts } from '../desk.js';
import type { DraftSign } from '../outbox/drafts.js';
import styles from './writing.module.css';

export function useDraftSign(conversationId: string): DraftSign | null {
  return useSyncExternalStore(drafts.subscribe, () => drafts.signOf(conversationId));
}

/** In a list row: something was begun there. */
export function DraftPreview({ sign }: { sign: DraftSign }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={styles.draft} data-testid="row-draft">
        {t(sign.kind === 'note' ? 'writing.draftNote' : 'writing.draft')}
      </span>
      {sign.preview}
    </>
  );
}
