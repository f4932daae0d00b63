import { Button } from '@mantine/core';
import { IconBlockquote, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './canned-screen.module.css';

export function CannedEmpty({ onMake, onImport }: { onMake: () => void; onImport: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty} data-testid="canned-empty">
      <IconBlockquote size={36} stroke={1.4} aria-hidden />
      <h2>{t('canned.empty.title')}</h2>
      <p>{t('canned.empty.text')}</p>
      <ol>
        <li>{t('canned.empty.step1')}</li>
        <li>{t('canned.empty.step2')}</li>
        <li>{t('canned.empty.step3')}</li>
      </ol>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onMake}>
        {t('canned.add')}
      </Button>
      <p>{t('canned.empty.import')}</p>
      <Button variant="default" size="sm" onClick={onImport}>
        {t('canned.import.open')}
      </Button>
    </div>
  );
}
