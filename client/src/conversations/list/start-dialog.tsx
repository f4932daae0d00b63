import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../../console/use-console.js';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { useSession } from '../../session/session.js';
import { keys } from '../queries.js';

/** The first word may be ours: a number becomes a conversation, new or known. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { accounts } = useSession();
  const { account, open } = useConsole();
  const client = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { phone: '', name: '', accountId: account ?? accounts[0]?.id ?? '' },
    validate: { phone: (value) => (value.trim() === '' ? t('start.phoneRequired') : null) },
  });
  const start = useMutation({
    mutationFn: ({ phone, name, accountId }: { phone: string; name: string; accountId: string }) =>
      api.start({ accountId, phone: phone.trim(), ...(name.trim() ? { name: name.trim() } : {}) }),
    onSuccess: (detail) => {
      client.setQueryData(keys.detail(detail.conversation.id), detail);
      onClose();
      open(detail.conversation.id);
    },
    onError: (error) => {
      const { code, fields } = toApiError(error);
      const field = fields[0]?.field === 'name' ? 'name' : 'phone';
      form.setFieldError(field, t(`errors.${code === 'invalid' && field === 'phone' ? 'invalid_phone' : code}`));
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('start.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form noValidate onSubmit={form.onSubmit((values) => start.mutate(values))} data-testid="start-form">
        <TextInput
          data-autofocus
          label={t('start.phone')}
          placeholder={t('start.phonePlaceholder')}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          key={form.key('phone')}
          {...form.getInputProps('phone')}
        />
        <TextInput
          mt="md"
          label={t('start.name')}
          autoComplete="off"
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        {accounts.length > 1 && (
          <NativeSelect
            mt="md"
            label={t('start.account')}
            data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
            key={form.key('accountId')}
            {...form.getInputProps('accountId')}
          />
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={start.isPending}>
            {t('start.submit')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
