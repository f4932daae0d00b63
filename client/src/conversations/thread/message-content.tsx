import { IconDeviceMobile, IconHandClick, IconQuestionMark } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceContent, MessageContent, TextContent } from '#libs/contracts/index.js';
import { Media } from '../../media/media-content.js';
import { PlaceContent } from '../../media/place-content.js';
import { MentionText } from '../../writing/mention-text.js';
import { MessageText } from './message-text.js';
import styles from './message.module.css';

/** What a message says, inside its bubble. */
export function Content({ content, conversationId }: { content: MessageContent; conversationId: string }) {
  const { t } = useTranslation();
  switch (content.type) {
    case 'text':
      return <Text content={content} />;
    case 'media':
      return <Media content={content} conversationId={conversationId} />;
    case 'location':
      return <PlaceContent content={content} />;
    case 'press':
      return (
        <span className={styles.chip}>
          <IconHandClick size={16} aria-hidden />
          {content.press === 'start' && content.label === ''
            ? t('content.started')
            : t('content.pressed', { label: content.label })}
        </span>
      );
    case 'device':
      return <Device content={content} />;
    case 'unsupported':
      return (
        <span className={styles.chip} data-quiet>
          <IconQuestionMark size={16} aria-hidden />
          {t('content.unsupported', { what: content.what })}
        </span>
      );
    case 'activity':
      return null;
  }
}

function Text({ content }: { content: TextContent }) {
  const { t } = useTranslation();
  return (
    <>
      <span className={styles.text}>
        {content.mentions ? (
          <MentionText text={content.text} mentions={content.mentions} />
        ) : (
          <MessageText text={content.text} />
        )}
      </span>
      {content.suggestions && content.suggestions.length > 0 && (
        <ul className={styles.suggestions} aria-label={t('thread.suggestions')}>
          {content.suggestions.map((suggestion) => (
            <li key={suggestion.payload + suggestion.label}>{suggestion.label}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Device({ content }: { content: DeviceContent }) {
  const { t } = useTranslation();
  const parts = [content.model, content.platform, content.client, content.version];
  return (
    <span className={styles.file}>
      <IconDeviceMobile size={20} aria-hidden />
      <span>
        <b>{t('content.device')}</b>
        <small>
          {parts.filter(Boolean).join(' · ')}
          {content.batteryMinutes === undefined
            ? ''
            : ` · ${t('content.battery', { minutes: content.batteryMinutes })}`}
        </small>
      </span>
    </span>
  );
}
