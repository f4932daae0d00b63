import { ActionIcon } from '@mantine/core';
import {
  IconFile,
  IconFileAlert,
  IconMapPin,
  IconMovie,
  IconPhoto,
  IconRefresh,
  IconVolume,
  IconX,
} from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrayPart } from '../conversations/composer/tray-part.js';
import type { Writing } from '../conversations/composer/writing.js';
import { attachments, outbox } from '../desk.js';
import { preferences } from '../settings/preferences.js';
import type { Attached, AttachedFile } from './attachments.js';
import { attachedName, fileWords, isLost } from './attached-words.js';
import { isFilm, isPicture, isSound } from './picture-box.js';
import { ProgressTrack } from './progress-track.js';
import styles from './attachment-tray.module.css';

function useHanging(conversationId: string): Attached[] {
  useSyncExternalStore(attachments.subscribe, attachments.all);
  return attachments.hangingIn(conversationId);
}

function AttachmentTray({ writing }: { writing: Writing }) {
  const { t } = useTranslation();
  const hanging = useHanging(writing.conversationId);
  // A note stays in the house, and goes without files.
  if (hanging.length === 0 || writing.tab === 'note') return null;
  return (
    <ul className={styles.tray} aria-label={t('media.tray')} data-testid="tray">
      {hanging.map((each) => (
        <Tile key={each.key} attached={each} onRemoved={writing.focus} />
      ))}
    </ul>
  );
}

function Tile({ attached, onRemoved }: { attached: Attached; onRemoved: () => void }) {
  const { t } = useTranslation();
  const name = attachedName(attached, t);
  const lost = attached.type === 'file' && isLost(attached);
  const failed = attached.type === 'file' && attached.state === 'failed';
  return (
    <li
      className={styles.tile}
      data-lost={lost || undefined}
      data-testid="tray-item"
      data-state={attached.type === 'file' ? attached.state : 'ready'}
      data-received={attached.type === 'file' ? attached.received : undefined}
    >
      <Face attached={attached} />
      <span className={styles.words}>
        <b title={name}>{name}</b>
        {attached.type === 'file' && <FileState file={attached} />}
        {attached.type === 'location' && (
          <small>
            {attached.latitude.toFixed(5)}, {attached.longitude.toFixed(5)}
          </small>
        )}
      </span>
      {failed && (
        <ActionIcon
          size="sm"
          aria-label={t('media.again', { name })}
          title={t('media.again', { name })}
          onClick={() => attachments.retry(attached.key)}
          data-testid="tray-retry"
        >
          <IconRefresh size={15} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon
        size="sm"
        aria-label={t('media.remove', { name })}
        title={t('media.remove', { name })}
        onClick={() => {
          attachments.remove(attached.key);
          onRemoved();
        }}
        data-testid="tray-remove"
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function FileState({ file }: { file: AttachedFile }) {
  const { t } = useTranslation();
  return (
    <>
      <small role={isLost(file) ? 'alert' : undefined}>{fileWords(file, t)}</small>
      <ProgressTrack file={file} />
    </>
  );
}

function Face({ attached }: { attached: Attached }) {
  if (attached.type === 'sticker')
    return <img className={styles.face} src={`/api/stickers/${attached.sticker}`} alt="" />;
  // What is no picture would show as a broken one.
  if (attached.type === 'file' && attached.preview && attached.state !== 'refused')
    return <img className={styles.face} src={attached.preview} alt="" />;
  const type = attached.type === 'file' ? attached.mimeType : '';
  const Icon =
    attached.type === 'location'
      ? IconMapPin
      : attached.type === 'file' && attached.state === 'refused'
        ? IconFileAlert
        : isPicture(type)
          ? IconPhoto
          : isFilm(type)
            ? IconMovie
            : isSound(type)
              ? IconVolume
              : IconFile;
  return (
    <span className={styles.face}>
      <Icon size={20} stroke={1.5} aria-hidden />
    </span>
  );
}

/** Each goes as a message of its own, before the words, in the order in which they hang. */
export const attachmentTray: TrayPart = {
  name: 'attachments',
  View: AttachmentTray,
  useHolds: (conversationId, tab) => {
    const hanging = useHanging(conversationId);
    return tab === 'reply' && hanging.some((each) => each.type !== 'file' || !isLost(each));
  },
  send: ({ conversationId, tab }) => {
    if (tab !== 'reply') return;
    const { undoSeconds } = preferences.get();
    for (const each of attachments.hangingIn(conversationId)) {
      // What was refused stays where it is, with the reason.
      if (each.type === 'file' && isLost(each)) continue;
      attachments.leave(each.key);
      const { key, answering } = each;
      const clientId = crypto.randomUUID();
      outbox.add({ clientId, conversationId, kind: 'message', text: '', attached: key, answering, undoSeconds });
    }
  },
};
