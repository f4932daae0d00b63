import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session/session.js';

const StartDialog = lazy(() => import('./start-dialog.js').then((module) => ({ default: module.StartDialog })));

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
      <Suspense>{opened && <StartDialog onClose={() => setOpened(false)} />}</Suspense>
    </>
  );
}
