import { ActionIcon, Modal } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaContent } from '#libs/contracts/index.js';
import type { Thread } from '../conversations/thread.cache.js';
import { mediaAddress } from './media-content.js';
import { shapeOf } from './picture-box.js';
import type { Viewed } from './viewer-store.js';
import styles from './viewer.module.css';

const MOST = 6;
const STEP = 1.5;

interface View {
  zoom: number;
  x: number;
  y: number;
}
const whole: View = { zoom: 1, x: 0, y: 0 };

interface Props {
  first: Viewed;
  /** As it is shown, which may be a stretch of long ago. */
  thread: Thread;
  onClose: () => void;
}

/** A picture as large as the screen; the arrows go through those of the thread that are loaded. */
export function ViewerDialog({ first, thread, onClose }: Props) {
  const { t } = useTranslation();
  const [pictures] = useState(() => picturesOf(thread));
  const [place, setPlace] = useState(() =>
    Math.max(
      0,
      pictures.findIndex(({ mediaId }) => mediaId === first.mediaId),
    ),
  );
  const [view, setView] = useState(whole);
  const held = useRef<{ x: number; y: number } | null>(null);
  const go = (step: number) => {
    const next = place + step;
    if (next < 0 || next >= pictures.length) return;
    setPlace(next);
    setView(whole);
  };
  const zoom = (by: number) =>
    setView((now) => {
      const next = Math.min(MOST, Math.max(1, now.zoom * by));
      return next === 1 ? whole : { ...now, zoom: next };
    });
  const press = useEffectEvent((event: KeyboardEvent) => {
    const act = {
      ArrowLeft: () => go(-1),
      ArrowRight: () => go(1),
      '+': () => zoom(STEP),
      ';': () => zoom(STEP),
      '=': () => zoom(STEP),
      '-': () => zoom(1 / STEP),
      '0': () => setView(whole),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  // Whatever in it has the focus, or nothing has.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
  const picture = pictures[place];
  if (!picture) return null;
  const { mediaId, name } = picture;

  const drag = {
    onPointerDown: (event: PointerEvent<HTMLImageElement>) => {
      if (view.zoom === 1) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX - view.x, y: event.clientY - view.y };
    },
    onPointerMove: (event: PointerEvent) => {
      const from = held.current;
      if (from) setView((now) => ({ ...now, x: event.clientX - from.x, y: event.clientY - from.y }));
    },
    onPointerUp: () => {
      held.current = null;
    },
    onPointerCancel: () => {
      held.current = null;
    },
  };
  const tool = (label: string, icon: React.ReactNode, onClick: () => void, disabled = false, testId?: string) => (
    <ActionIcon
      size="lg"
      variant="transparent"
      className={styles.tool}
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={disabled}
      data-testid={testId}
    >
      {icon}
    </ActionIcon>
  );

  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content className={styles.dialog} aria-label={t('media.image', { name })} data-testid="viewer">
        <Modal.Body className={styles.body}>
          <div className={styles.bar}>
            <span className={styles.name}>{name}</span>
            <span className={styles.count} aria-live="polite">
              {t('media.viewer.count', { place: place + 1, all: pictures.length })}
            </span>
            {tool(
              t('media.viewer.zoomOut'),
              <IconZoomOut size={20} aria-hidden />,
              () => zoom(1 / STEP),
              view.zoom === 1,
            )}
            {tool(t('media.viewer.zoomIn'), <IconZoomIn size={20} aria-hidden />, () => zoom(STEP), view.zoom >= MOST)}
            {tool(
              t('media.viewer.whole'),
              <IconArrowsMaximize size={20} aria-hidden />,
              () => setView(whole),
              view.zoom === 1,
            )}
            <ActionIcon
              component="a"
              size="lg"
              variant="transparent"
              className={styles.tool}
              href={`${mediaAddress(mediaId)}?download`}
              download={name}
              aria-label={t('media.download')}
              title={t('media.download')}
            >
              <IconDownload size={20} aria-hidden />
            </ActionIcon>
            {tool(t('common.close'), <IconX size={20} aria-hidden />, onClose, false, 'viewer-close')}
          </div>
          <div className={styles.stage} onWheel={(event) => zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15)}>
            <img
              key={mediaId}
              className={styles.picture}
              src={mediaAddress(mediaId, picture.thumbnails && view.zoom === 1 ? 'large' : undefined)}
              alt={t('media.image', { name })}
              draggable={false}
              style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.zoom})` }}
              data-zoomed={view.zoom > 1 || undefined}
              onDoubleClick={() => setView(view.zoom === 1 ? { ...whole, zoom: 2.5 } : whole)}
              {...drag}
            />
            {place > 0 && (
              <div className={styles.previous}>
                {tool(t('media.viewer.previous'), <IconChevronLeft size={28} aria-hidden />, () => go(-1))}
              </div>
            )}
            {place < pictures.length - 1 && (
              <div className={styles.next}>
                {tool(t('media.viewer.next'), <IconChevronRight size={28} aria-hidden />, () => go(1))}
              </div>
            )}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

type Shown = MediaContent & { mediaId: string };

function picturesOf(thread: Thread): Shown[] {
  return thread.messages.flatMap(({ content }) =>
    content.type === 'media' && content.state === 'ready' && content.mediaId !== null && shapeOf(content) === 'picture'
      ? [{ ...content, mediaId: content.mediaId }]
      : [],
  );
}
