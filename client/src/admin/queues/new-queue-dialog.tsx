import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queueLimits } from '#libs/contracts/index.js';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { queueKeys } from '../../queues/queries.js';

interface Props {
  onMade: (id: string) => void;
  onClose: () => void;
}

/** Only a name: a queue without accounts and members changes nothing yet, and all the rest is set where it is explained. */
export function NewQueueDialog({ onMade, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: () => api.addQueue({ name: name.trim() }),
    onSuccess: (queue) => {
      client.setQueryData(queueKeys.rules(queue.id), queue);
      void client.invalidateQueries({ queryKey: queueKeys.list });
      onMade(queue.id);
    },
  });
  const fault = make.isError ? toApiError(make.error) : null;
  const wrong = () => {
    if (fault?.fields[0]?.rule === 'taken') return t('queues.fault.nameTaken');
    if (fault) return t(`errors.${fault.code}`);
    if (name.length > queueLimits.name) return t('queues.fault.maxLength', { limit: queueLimits.name });
    return tried && name.trim() === '' ? t('queues.fault.required') : undefined;
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('queues.create.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        data-testid="new-queue-form"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() !== '' && name.length <= queueLimits.name) make.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={t('queues.create.name')}
          description={t('queues.create.hint')}
          placeholder={t('queues.create.placeholder')}
          autoComplete="off"
          value={name}
          onChange={(event) => {
            make.reset();
            setName(event.currentTarget.value);
          }}
          error={wrong()}
          data-testid="new-queue-name"
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} data-testid="make-queue">
            {t('queues.create.submit')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
