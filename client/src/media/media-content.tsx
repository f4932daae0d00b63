import {
  IconAddressBook,
  IconDownload,
  IconFile,
  IconFileOff,
  IconFileTypePdf,
  IconHourglassEmpty,
  IconMovie,
  IconPhoto,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaContent } from '#libs/contracts/index.js';
import { formatBytes } from './format-bytes.js';
import { pictureWidth, shapeOf } from './picture-box.js';
import { readCard } from './vcard.js';
import { viewer } from './viewer-store.js';
import styles from './media.module.css';

interface Props {
  content: MediaContent;
  conversationId: string;
}

export const mediaAddress = (mediaId: string, size?: 'small' | 'large'): string =>
  `/api/media/${encodeURIComponent(mediaId)}${size ? `/${size}` : ''}`;

/** A file as the thread shows it: each kind in its own room, whatever its state. */
export function Media({ content, conversationId }: Props) {
  if (content.state === 'unavailable') return <Unavailable content={content} />;
  if (content.state === 'preparing' || content.mediaId === null) return <Preparing content={content} />;
  switch (shapeOf(content)) {
    case 'sticker':
      return <StickerPicture content={content} mediaId={content.mediaId} />;
    case 'picture':
      return <Picture content={content} mediaId={content.mediaId} conversationId={conversationId} />;
    case 'film':
      return <Film content={content} mediaId={content.mediaId} />;
    case 'sound':
      return <Sound content={content} mediaId={content.mediaId} />;
    case 'card':
      return <Card content={content} mediaId={content.mediaId} />;
    case 'file':
      return <FileLink content={content} mediaId={content.mediaId} />;
  }
}

interface Ready {
  content: MediaContent;
  mediaId: string;
}

function Picture({ content, mediaId, conversationId }: Ready & { conversationId: string }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  if (broken) return <FileLink content={content} mediaId={mediaId} />;
  return (
    <button
      type="button"
      className={styles.picture}
      style={{ width: pictureWidth(content) }}
      aria-label={t('media.enlarge', { name: content.name })}
      onClick={() => viewer.open(conversationId, mediaId)}
      data-testid="media-picture"
    >
      <img
        src={mediaAddress(mediaId, content.thumbnails ? 'small' : undefined)}
        alt=""
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
    </button>
  );
}

function StickerPicture({ content, mediaId }: Ready) {
  const { t } = useTranslation();
  const name = content.sticker ? t(`media.stickerOf.${content.sticker}`) : content.name;
  return <img className={styles.sticker} src={mediaAddress(mediaId)} alt={`${t('media.sticker')}: ${name}`} />;
}

function Film({ content, mediaId }: Ready) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  // A form that this browser does not play is still somebody's file.
  if (broken) return <FileLink content={content} mediaId={mediaId} />;
  return (
    <video
      className={styles.film}
      style={{ width: pictureWidth(content) }}
      controls
      preload="metadata"
      playsInline
      src={mediaAddress(mediaId)}
      aria-label={t('media.film', { name: content.name })}
      onError={() => setBroken(true)}
      data-testid="media-film"
    />
  );
}

function Sound({ content, mediaId }: Ready) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  if (broken) return <FileLink content={content} mediaId={mediaId} />;
  return (
    <audio
      className={styles.sound}
      controls
      preload="none"
      src={mediaAddress(mediaId)}
      aria-label={t('media.sound', { name: content.name })}
      onError={() => setBroken(true)}
    />
  );
}

function FileLink({ content, mediaId }: Ready) {
  const { t } = useTranslation();
  const pdf = content.mimeType === 'application/pdf';
  const Icon = pdf ? IconFileTypePdf : IconFile;
  return (
    <a
      className={styles.tile}
      href={mediaAddress(mediaId)}
      {...(pdf ? { target: '_blank', rel: 'noopener noreferrer' } : { download: content.name })}
      aria-label={t('media.open', { name: content.name })}
      data-testid="media-file"
    >
      <Icon size={26} stroke={1.5} aria-hidden />
      <span>
        <b>{content.name}</b>
        <small>{aboutOf(content)}</small>
      </span>
      {!pdf && <IconDownload size={16} className={styles.aside} aria-hidden />}
    </a>
  );
}

/** Customers send people to be written to or called. */
function Card({ content, mediaId }: Ready) {
  const { t } = useTranslation();
  const { data: card } = useQuery({
    queryKey: ['card', mediaId],
    queryFn: async ({ signal }) => {
      const answer = await fetch(mediaAddress(mediaId), { signal, headers: { range: 'bytes=0-65535' } });
      return answer.ok ? readCard(await answer.text()) : null;
    },
  });
  if (!card) return <FileLink content={content} mediaId={mediaId} />;
  return (
    <span className={styles.tile}>
      <IconAddressBook size={26} stroke={1.5} aria-label={t('media.card')} />
      <span>
        <b>{card.name || content.name}</b>
        {card.organisation && <small>{card.organisation}</small>}
        {card.phones.map((phone) => (
          <a key={phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
            {phone}
          </a>
        ))}
        {card.mails.map((mail) => (
          <a key={mail} href={`mailto:${mail}`}>
            {mail}
          </a>
        ))}
        <a href={mediaAddress(mediaId)} download={content.name}>
          {t('media.download')}
        </a>
      </span>
    </span>
  );
}

/** Keeps the room of what it will be, so that nothing moves when it is there. */
function Preparing({ content }: { content: MediaContent }) {
  const { t } = useTranslation();
  const shape = shapeOf(content);
  const large = shape === 'picture' || shape === 'film';
  const Icon = { picture: IconPhoto, film: IconMovie }[shape as 'picture'] ?? IconHourglassEmpty;
  const words = [t('content.preparing'), content.size === null ? null : formatBytes(content.size)];
  return (
    <span
      className={large ? styles.room : styles.tile}
      style={large ? { width: pictureWidth(content) } : undefined}
      data-state="preparing"
    >
      <Icon size={26} stroke={1.5} aria-hidden />
      <span>
        <b>{content.name}</b>
        <small>{words.filter(Boolean).join(' · ')}</small>
      </span>
    </span>
  );
}

function Unavailable({ content }: { content: MediaContent }) {
  const { t } = useTranslation();
  const why = content.refusal ? t(`media.inbound.${content.refusal}`) : t('content.unavailable');
  return (
    <span className={styles.tile} data-state="unavailable">
      <IconFileOff size={26} stroke={1.5} aria-hidden />
      <span>
        <b>{content.name}</b>
        <small>{why}</small>
      </span>
    </span>
  );
}

function aboutOf(content: MediaContent): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(content.name)?.[1]?.toUpperCase();
  return [ending, content.size === null ? null : formatBytes(content.size)].filter(Boolean).join(' · ');
}
