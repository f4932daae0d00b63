import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { later } from '../../console/later.js';
import { useMay } from '../../session/session.js';

const StartDialog = later(() => import('./start-dialog.js').then((module) => module.StartDialog));

export function StartConversation() {
  const { t } = useTranslation();
  const may = useMay('conversation.start');
  const [opened, setOpened] = useState(false);
  if (!may) return null;
  return (
    <>
      <Tooltip label={t('start.open')}>
        <ActionIcon aria-label={t('start.open')} onClick={() => setOpened(true)} data-testid="start-conversation">
          <IconMessagePlus size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {opened && <StartDialog onClose={() => setOpened(false)} />}
    </>
  );
}
