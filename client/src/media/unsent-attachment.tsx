import { Button } from '@mantine/core';
import { IconFile, IconMapPin } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { attachments, outbox } from '../desk.js';
import { attachedName, fileWords } from './attached-words.js';
import { isPicture, PICTURE_HEIGHT, STICKER_SIZE } from './picture-box.js';
import { ProgressTrack } from './progress-track.js';
import styles from './media.module.css';

interface Props {
  clientId: string;
  attachmentKey: string;
  failed: boolean;
}

/** A file, a place or a sticker in the thread before the server keeps it; a file with how far it has come. */
export function UnsentAttachment({ clientId, attachmentKey, failed }: Props) {
  const { t } = useTranslation();
  const all = useSyncExternalStore(attachments.subscribe, attachments.all);
  const attached = all.find((each) => each.key === attachmentKey);
  if (!attached) return null;
  const name = attachedName(attached, t);
  if (attached.type === 'sticker')
    return <img className={styles.sticker} src={`/api/stickers/${attached.sticker}`} alt={name} />;
  if (attached.type === 'location') {
    return (
      <span className={styles.tile}>
        <IconMapPin size={26} stroke={1.5} aria-hidden />
        <span>
          <b>{name}</b>
          <small>
            {attached.latitude.toFixed(5)}, {attached.longitude.toFixed(5)}
          </small>
        </span>
      </span>
    );
  }
  const going = attached.state !== 'ready' && !failed;
  return (
    <span className={styles.going} data-testid="unsent-file" data-received={attached.received}>
      {attached.preview && (
        <span className={styles.picture} style={{ width: 240 }}>
          <img src={attached.preview} alt="" />
        </span>
      )}
      <span className={styles.tile}>
        {!attached.preview && <IconFile size={26} stroke={1.5} aria-hidden />}
        <span>
          <b>{name}</b>
          <small>{fileWords(attached, t)}</small>
        </span>
      </span>
      <ProgressTrack file={attached} />
      {going && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => {
            outbox.drop(clientId);
            attachments.remove(attachmentKey);
          }}
          data-testid="unsent-cancel"
        >
          {t('media.cancel')}
        </Button>
      )}
    </span>
  );
}

/** How tall it will probably be. */
export function unsentHeight(attachmentKey: string): number {
  const attached = attachments.find(attachmentKey);
  if (attached?.type === 'sticker') return STICKER_SIZE;
  if (attached?.type !== 'file') return 54;
  return attached.preview && isPicture(attached.mimeType) ? PICTURE_HEIGHT + 60 : 84;
}
