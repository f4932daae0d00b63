import { IconPaperclip } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import styles from './drop-ground.module.css';

const ground = (): Element | null => document.querySelector('[data-testid="conversation"]');
const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Files may be let go anywhere over the conversation. Elsewhere the browser would leave the page for them: not here. */
export function DropGround({ onDrop }: { onDrop: (files: File[]) => void }) {
  const { t } = useTranslation();
  const [box, setBox] = useState<DOMRect | null>(null);
  const drop = useEffectEvent((event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setBox(null);
    if (event.target instanceof Node && ground()?.contains(event.target))
      onDrop([...(event.dataTransfer?.files ?? [])]);
  });
  useEffect(() => {
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setBox(ground()?.getBoundingClientRect() ?? null);
    };
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      const inside = event.target instanceof Node && ground()?.contains(event.target);
      if (event.dataTransfer) event.dataTransfer.dropEffect = inside ? 'copy' : 'none';
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setBox(null);
    };
    const end = (event: DragEvent): void => {
      depth = 0;
      drop(event);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', end);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', end);
    };
  }, []);
  if (box === null) return null;
  const { left, top, width, height } = box;
  return createPortal(
    <div className={styles.ground} style={{ left, top, width, height }} aria-hidden>
      <span>
        <IconPaperclip size={22} />
        {t('media.dropHere')}
      </span>
    </div>,
    document.body,
  );
}
