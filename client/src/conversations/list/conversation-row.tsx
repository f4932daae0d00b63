import { IconAlertCircle } from '@tabler/icons-react';
import { memo, useEffect, useRef, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationRow as Row } from '#libs/contracts/index.js';
import { typing } from '../../desk.js';
import { useLocale } from '../../i18n/i18n.js';
import { serverNow } from '../../time/clock.js';
import { formatDateTime, formatRecent } from '../../time/format.js';
import { DraftPreview, useDraftSign } from '../../writing/draft-sign.js';
import { useCustomerName, usePreview } from '../names.js';
import { useWriters } from '../typing-store.js';
import { RowState } from './row-state.js';
import { WaitTimer } from './wait-timer.js';
import styles from './conversation-row.module.css';

interface Props {
  row: Row;
  chosen: boolean;
  /** The one row that Tab reaches. */
  reachable: boolean;
  showOwner: boolean;
  me: string;
  href: string;
  onOpen: (id: string) => void;
  /** A button goes down on it. */
  onPress: (id: string) => void;
  /** The pointer rests on it. */
  onRest: (id: string) => void;
}

/** So long a pointer that only passes by does not stay. */
const REST_MS = 60;

export const ConversationRow = memo(function ConversationRow(props: Props) {
  const { row, chosen, reachable, showOwner, me, href, onOpen, onPress, onRest } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useCustomerName();
  const previewOf = usePreview();
  const writes = useWriters(typing, row.id).some((writer) => writer.kind === 'customer');
  const sign = useDraftSign(row.id);
  const failed = row.lastMessage?.delivery === 'failed';
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onOpen(row.id);
  };

  return (
    <a
      className={styles.row}
      href={href}
      onClick={open}
      onPointerDown={(event) => event.button === 0 && onPress(row.id)}
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') rest.current = setTimeout(() => onRest(row.id), REST_MS);
      }}
      onPointerLeave={() => clearTimeout(rest.current)}
      tabIndex={reachable ? 0 : -1}
      aria-current={chosen ? 'true' : undefined}
      data-testid="conversation-row"
      data-conversation-id={row.id}
      data-chosen={chosen || undefined}
      data-unread={row.unread > 0 || undefined}
      draggable={false}
    >
      <span className={styles.top}>
        <span className={styles.name} data-testid="row-name">
          {nameOf(row.customer)}
        </span>
        {row.waitingSince === null ? (
          <time
            className={styles.time}
            dateTime={row.lastActivityAt}
            title={formatDateTime(Date.parse(row.lastActivityAt), locale)}
          >
            {formatRecent(Date.parse(row.lastActivityAt), serverNow(), locale)}
          </time>
        ) : (
          <WaitTimer since={row.waitingSince} />
        )}
      </span>
      <span className={styles.middle}>
        {writes ? (
          <span className={styles.typing} data-testid="row-typing">
            {t('list.typing')}
            <Dots />
          </span>
        ) : (
          <span className={styles.preview} data-testid="row-preview">
            {failed && (sign === null || chosen) && (
              <span className={styles.failed}>
                <IconAlertCircle size={13} aria-hidden />
                {t('preview.failed')}
              </span>
            )}
            {sign !== null && !chosen ? <DraftPreview sign={sign} /> : previewOf(row)}
          </span>
        )}
        {row.unread > 0 && (
          <span className={styles.badge} data-testid="unread">
            <span aria-hidden>{row.unread > 99 ? '99+' : row.unread}</span>
            <span className="visually-hidden">{t('list.unread', { count: row.unread })}</span>
          </span>
        )}
      </span>
      <RowState row={row} me={me} showOwner={showOwner} />
    </a>
  );
});

export function Dots() {
  return (
    <span className={styles.dots} aria-hidden>
      <span />
      <span />
      <span />
    </span>
  );
}
