import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ActDialog } from '../contact-acts/act-dialog.js';
import { toApiError } from '../http/api-error.js';
import styles from './dialogs.module.css';

interface Props<R> {
  opened: boolean;
  onClose: () => void;
  title: string;
  texts: string[];
  confirm: string;
  /** It cannot be taken back. */
  grave?: boolean;
  ask: () => Promise<R>;
  onDone: (result: R) => void;
}

/** Says what will be so, and asks once. */
export function SureDialog<R>({ opened, onClose, title, texts, confirm, grave, ask, onDone }: Props<R>) {
  const { t } = useTranslation();
  const act = useMutation({
    mutationFn: ask,
    onSuccess: (result) => {
      onClose();
      onDone(result);
    },
  });
  return (
    <ActDialog opened={opened} onClose={onClose} title={title} size={480}>
      <div className={styles.form}>
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {act.isError && (
          <p role="alert" className={styles.fault}>
            {t(`errors.${toApiError(act.error).code}`)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('common.cancel')}
          </Button>
          <Button
            {...(grave ? { color: 'red' } : {})}
            loading={act.isPending}
            onClick={() => act.mutate()}
            data-testid="sure"
          >
            {confirm}
          </Button>
        </div>
      </div>
    </ActDialog>
  );
}
