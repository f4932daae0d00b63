import {
  IconDeviceMobile,
  IconFile,
  IconFileOff,
  IconHandClick,
  IconHourglassEmpty,
  IconMapPin,
  IconMicrophone,
  IconQuestionMark,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type {
  DeviceContent,
  LocationContent,
  MediaContent,
  MessageContent,
  TextContent,
} from '#libs/contracts/index.js';
import { MentionText } from '../../writing/mention-text.js';
import { formatBytes } from './format-bytes.js';
import { MessageText } from './message-text.js';
import styles from './message.module.css';

/** What a message says, inside its bubble. */
export function Content({ content }: { content: MessageContent }) {
  const { t } = useTranslation();
  switch (content.type) {
    case 'text':
      return <Text content={content} />;
    case 'media':
      return <Media content={content} />;
    case 'location':
      return <Location content={content} />;
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

/** Shown by the browser itself; everything else is handed over as a file. */
const PICTURES = /^image\/(png|jpe?g|gif|webp|avif)$/i;

function Media({ content }: { content: MediaContent }) {
  const { t } = useTranslation();
  const source = content.mediaId === null ? null : `/api/media/${encodeURIComponent(content.mediaId)}`;
  const picture = PICTURES.test(content.mimeType);
  if (content.state === 'ready' && source !== null && picture) {
    return (
      <a className={styles.picture} href={source} target="_blank" rel="noopener noreferrer">
        <img src={source} alt={t('content.image', { name: content.name })} loading="lazy" decoding="async" />
      </a>
    );
  }
  const sound = content.mimeType.startsWith('audio/');
  if (content.state === 'ready' && source !== null && sound) {
    return <audio className={styles.sound} controls preload="none" src={source} aria-label={content.name} />;
  }
  const Icon = { preparing: IconHourglassEmpty, unavailable: IconFileOff, ready: sound ? IconMicrophone : IconFile }[
    content.state
  ];
  const about = [
    { ready: null, preparing: t('content.preparing'), unavailable: t('content.unavailable') }[content.state],
    content.size === null ? null : formatBytes(content.size),
    content.seconds === undefined ? null : t('content.seconds', { seconds: content.seconds }),
  ];
  const face = (
    <>
      <Icon size={20} aria-hidden />
      <span>
        <b>{content.name}</b>
        <small>{about.filter((each) => each !== null).join(' · ')}</small>
      </span>
    </>
  );
  // A picture keeps its room while it is being fetched, so that nothing moves when it arrives.
  const room = picture && content.state === 'preparing' ? true : undefined;
  return content.state === 'ready' && source !== null ? (
    <a
      className={styles.file}
      href={source}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('content.open', { name: content.name })}
    >
      {face}
    </a>
  ) : (
    <span className={styles.file} data-state={content.state} data-room={room}>
      {face}
    </span>
  );
}

function Location({ content }: { content: LocationContent }) {
  const { t } = useTranslation();
  const { latitude, longitude } = content;
  const place = `${latitude},${longitude}`;
  return (
    <span className={styles.location}>
      <IconMapPin size={20} aria-hidden />
      <span>
        <b>{content.label || t('content.location')}</b>
        <small>
          {latitude.toFixed(5)}, {longitude.toFixed(5)}
        </small>
        <a
          href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}`}
          target="_blank"
          rel="noopener noreferrer"
          title={t('content.newWindow')}
        >
          {t('content.openMap')}
        </a>
      </span>
    </span>
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
