import { Button, Group, Modal, TextInput } from '@mantine/core';
import { IconForms, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { botAdminLimits } from '#libs/contracts/index.js';
import { Frame } from '../admin/queues/frame.js';
import { useCommand } from '../console/commands.js';
import { toApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import { useSession } from '../session/session.js';
import { botKeys, botsQuery } from '../bots/queries.js';
import styles from './flow-list.module.css';

export function FlowList({ onOpen, onClose }: { onOpen: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const { accounts } = useSession();
  const { data, isError } = useQuery(botsQuery());
  const [making, setMaking] = useState(false);
  const flows = data?.filter(({ kind }) => kind === 'flow');
  useCommand('back', onClose, !making);
  const add = (
    <Button
      size="sm"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setMaking(true)}
      data-testid="new-flow"
    >
      {t('flows.add')}
    </Button>
  );
  return (
    <Frame
      title={t('flows.title')}
      back={{ label: t('flows.back'), onClick: onClose }}
      acts={flows !== undefined && flows.length > 0 && add}
      testId="flows-admin"
    >
      {isError && !data && <p role="alert">{t('flows.failed')}</p>}
      {flows?.length === 0 && (
        <div className={styles.empty} data-testid="flows-empty">
          <IconForms size={36} stroke={1.4} aria-hidden />
          <h2>{t('flows.list.emptyTitle')}</h2>
          <p>{t('flows.list.emptyText')}</p>
          {add}
        </div>
      )}
      {flows && flows.length > 0 && (
        <table className={styles.table} aria-label={t('flows.list.label')}>
          <thead>
            <tr>
              <th scope="col">{t('flows.list.name')}</th>
              <th scope="col">{t('flows.list.use')}</th>
              <th scope="col">{t('flows.list.state')}</th>
            </tr>
          </thead>
          <tbody>
            {flows.map(({ id, name, enabled, accountIds }) => (
              <tr key={id} data-testid="flow">
                <th scope="row">
                  <Link to="/flows/$botId" params={{ botId: id }} search={(old) => old} className={styles.name}>
                    {name}
                  </Link>
                </th>
                <td>
                  {accounts
                    .filter((account) => accountIds.includes(account.id))
                    .map((account) => account.name)
                    .join(t('flows.list.comma')) || <span className={styles.none}>{t('flows.list.unused')}</span>}
                </td>
                <td>{t(enabled ? 'flows.list.on' : 'flows.list.off')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {making && <NewFlowDialog onMade={onOpen} onClose={() => setMaking(false)} />}
    </Frame>
  );
}

/** Only a name: it answers nobody before it is saved and given a place at an account. */
function NewFlowDialog({ onMade, onClose }: { onMade: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: () => api.addBot({ kind: 'flow', name: name.trim() }),
    onSuccess: async ({ bot }) => {
      await client.invalidateQueries({ queryKey: botKeys.all });
      onMade(bot.id);
    },
  });
  const limit = botAdminLimits.name;
  const wrong =
    name.length > limit
      ? t('flows.fault.tooLong', { limit, actual: name.length })
      : make.isError
        ? t(`errors.${toApiError(make.error).code}`)
        : tried && name.trim() === ''
          ? t('flows.fault.required')
          : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('flows.create.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() !== '' && name.length <= limit && !make.isPending) make.mutate();
        }}
      >
        <TextInput
          data-autofocus
          label={t('flows.create.name')}
          placeholder={t('flows.create.placeholder')}
          autoComplete="off"
          value={name}
          error={wrong}
          onChange={(event) => {
            make.reset();
            setName(event.currentTarget.value);
          }}
          data-testid="new-flow-name"
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} data-testid="make-flow">
            {t('flows.create.submit')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
