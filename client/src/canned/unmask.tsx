import { Button } from '@mantine/core';
import { IconCreditCard, IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageContent, MessageView } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { api } from '../http/api.js';
import { useMay } from '../session/session.js';
import styles from './unmask.module.css';

interface Shown {
  content: MessageContent | null;
  button: ReactNode;
}

/** Below a message whose card number is covered. Whoever has the right sees it as long as she looks; it is kept nowhere. */
export function useUnmasked({ id, conversationId, masked }: MessageView): Shown {
  const { t } = useTranslation();
  const may = useMay('customer.sensitive');
  const [content, setContent] = useState<MessageContent | null>(null);
  const [busy, setBusy] = useState(false);
  if (!masked) return { content: null, button: null };
  const toggle = async () => {
    if (content !== null) return setContent(null);
    setBusy(true);
    try {
      setContent((await api.unmasked(conversationId, id)).content);
    } catch (error) {
      showFault(error);
    } finally {
      setBusy(false);
    }
  };
  const button = (
    <div className={styles.masked} data-testid="masked">
      <IconCreditCard size={14} aria-hidden />
      <span>{t(content === null ? 'canned.masked.label' : 'canned.masked.shown')}</span>
      {may && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={busy}
          onClick={() => void toggle()}
          leftSection={content === null ? <IconEye size={13} aria-hidden /> : <IconEyeOff size={13} aria-hidden />}
          data-testid="unmask"
        >
          {t(content === null ? 'canned.masked.show' : 'canned.masked.hide')}
        </Button>
      )}
    </div>
  );
  return { content, button };
}
