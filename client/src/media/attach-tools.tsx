import { IconMapPin, IconMoodSmile, IconPaperclip } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../console/later.js';
import { ToolButton, type ToolProps } from '../conversations/composer/tool-button.js';
import { attachments } from '../desk.js';
import { DropGround } from './drop-ground.js';
import { StickerPicker } from './sticker-picker.js';

const PlaceDialog = later(() => import('./place-dialog.js').then((module) => module.PlaceDialog));

/** What the server takes; asked again there, by content. */
const ACCEPTED =
  'image/jpeg,image/png,image/gif,image/webp,video/mp4,video/3gpp,video/quicktime,audio/*,application/pdf';

/** Picked, pasted or dropped: files come into the tray, and leave with the next send. */
export function AttachTool({ hands }: ToolProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { conversationId } = hands;
  const add = (files: readonly File[]) => {
    if (files.length === 0) return;
    attachments.addFiles(conversationId, files);
    hands.focus();
  };
  usePastedFiles(hands.tab === 'reply', (files) => add(files.map((file) => named(file, t('media.pasted')))));
  if (hands.tab === 'note') return null;
  return (
    <>
      <ToolButton label={t('media.attach')} onClick={() => input.current?.click()} testId="attach">
        <IconPaperclip size={18} aria-hidden />
      </ToolButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED}
        aria-label={t('media.attach')}
        onChange={({ currentTarget }) => {
          add([...(currentTarget.files ?? [])]);
          // The same file may be picked again.
          currentTarget.value = '';
        }}
        data-testid="attach-input"
      />
      <DropGround onDrop={add} />
    </>
  );
}

export function StickerTool({ hands }: ToolProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (hands.tab === 'note') return null;
  return (
    <StickerPicker
      opened={opened}
      onClose={() => setOpened(false)}
      onPick={(sticker) => {
        attachments.addSticker(hands.conversationId, sticker);
        setOpened(false);
        hands.focus();
      }}
    >
      <ToolButton label={t('media.sticker')} onClick={() => setOpened(!opened)} testId="sticker">
        <IconMoodSmile size={18} aria-hidden />
      </ToolButton>
    </StickerPicker>
  );
}

export function PlaceTool({ hands }: ToolProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  if (hands.tab === 'note') return null;
  return (
    <>
      <ToolButton label={t('media.place')} onClick={() => setOpened(true)} testId="place-tool">
        <IconMapPin size={18} aria-hidden />
      </ToolButton>
      {opened && (
        <PlaceDialog
          onClose={() => setOpened(false)}
          onPick={(place) => {
            attachments.addPlace({ conversationId: hands.conversationId, ...place });
            setOpened(false);
            requestAnimationFrame(hands.focus);
          }}
        />
      )}
    </>
  );
}

/** Pictures of the screen and copied files; copied words stay words. */
function usePastedFiles(enabled: boolean, onFiles: (files: File[]) => void): void {
  const take = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const within = event.target instanceof Element && event.target.closest('[data-testid="composer"]') !== null;
    if (!within || files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    onFiles(files);
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listener = (event: ClipboardEvent) => take(event);
    window.addEventListener('paste', listener);
    return () => window.removeEventListener('paste', listener);
  }, [enabled]);
}

/** Browsers call every picture from the clipboard `image.png`. */
function named(file: File, name: string): File {
  const ending = /^image\/(png|jpeg|gif|webp)$/.exec(file.type)?.[1];
  if (!ending || !/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return new File([file], `${name}-${time}.${ending}`, { type: file.type });
}
