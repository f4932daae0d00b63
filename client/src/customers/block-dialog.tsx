import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customerLimits } from '#libs/contracts/index.js';
import { ActDialog } from '../contact-acts/act-dialog.js';
import { toApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  customerId: string;
  onDone: () => void;
}

export function BlockDialog({ opened, onClose, ...form }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('customers.standing.blockTitle')} size={460}>
      <BlockForm {...form} onClose={onClose} />
    </ActDialog>
  );
}

function BlockForm({ customerId, onClose, onDone }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const block = useMutation({
    mutationFn: () => api.block(customerId, reason),
    onSuccess: () => {
      onDone();
      onClose();
    },
  });
  return (
    <form
      noValidate
      className={styles.form}
      data-testid="block-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!block.isPending) block.mutate();
      }}
    >
      <p>{t('customers.standing.blockText')}</p>
      <TextInput
        data-autofocus
        label={t('customers.standing.blockReason')}
        maxLength={customerLimits.blockReason}
        value={reason}
        autoComplete="off"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {block.isError && (
        <p role="alert" className={styles.fault}>
          {t(`errors.${toApiError(block.error).code}`)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" color="red" loading={block.isPending} data-testid="block-confirm">
          {t('customers.standing.blockConfirm')}
        </Button>
      </div>
    </form>
  );
}
