import { Button } from '@mantine/core';
import { IconMessageQuestion, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './faq-screen.module.css';

interface Props {
  mayImport: boolean;
  onMake: () => void;
  onImport: () => void;
}

export function FaqEmpty({ mayImport, onMake, onImport }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty} data-testid="faq-empty">
      <IconMessageQuestion size={36} stroke={1.4} aria-hidden />
      <h2>{t('faq.empty.title')}</h2>
      <p>{t('faq.empty.text')}</p>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onMake}>
        {t('faq.add')}
      </Button>
      {mayImport && (
        <>
          <p>{t('faq.empty.import')}</p>
          <Button variant="default" size="sm" onClick={onImport}>
            {t('faq.import.open')}
          </Button>
        </>
      )}
    </div>
  );
}
