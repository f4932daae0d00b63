import { IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LocationContent } from '#libs/contracts/index.js';
import { mapAddress } from './map-address.js';
import styles from './media.module.css';

/** Opened by a person, never by us: nobody else learns where a customer is because a thread was looked at. */
export function PlaceContent({ content }: { content: LocationContent }) {
  const { t } = useTranslation();
  const { latitude, longitude } = content;
  return (
    <span className={styles.tile} data-testid="place">
      <IconMapPin size={26} stroke={1.5} aria-hidden />
      <span>
        <b>{content.label || t('content.location')}</b>
        <small>
          {latitude.toFixed(5)}, {longitude.toFixed(5)}
        </small>
        <a
          href={mapAddress(latitude, longitude)}
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
