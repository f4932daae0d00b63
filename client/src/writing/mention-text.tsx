import type { Mention } from '#libs/contracts/index.js';
import { MessageText } from '../conversations/thread/message-text.js';
import { useSession } from '../session/session.js';
import { splitMentions } from './mention-ranges.js';
import styles from './writing.module.css';

/** A note with the people it names. */
export function MentionText({ text, mentions }: { text: string; mentions: readonly Mention[] }) {
  const { agent } = useSession();
  return splitMentions(text, mentions).map((part, index) =>
    part.agentId === null ? (
      <MessageText key={index} text={part.text} />
    ) : (
      <span key={index} className={styles.chip} data-me={part.agentId === agent.id || undefined} data-testid="mention">
        {part.text}
      </span>
    ),
  );
}
