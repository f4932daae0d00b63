import { Popover } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../console/commands.js';
import { ToolButton, type ToolProps } from '../conversations/composer/tool-button.js';
import { drafts } from '../desk.js';
import { IdeasList } from './ideas-list.js';
import styles from './bots.module.css';

/** ボットの回答候補: what a bot would say, to be put into the reply by hand and never sent by itself. */
export function IdeasTool({ writing }: ToolProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { conversationId, detail, tab } = writing;
  const offered = tab === 'reply' && detail.bots.some(({ ideas }) => ideas);
  // What an input method is converting is left alone: nothing opens over it, and nothing is put into it.
  const open = () => {
    if (!drafts.isComposing(conversationId)) setOpened(true);
  };
  useCommand('ideas', open, offered);
  if (!offered) return null;
  const close = () => {
    setOpened(false);
    requestAnimationFrame(writing.focus);
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && setOpened(false)}
      position="top-start"
      width={380}
      trapFocus
      withinPortal
      withRoles={false}
      zIndex={160}
    >
      <Popover.Target>
        <span className={styles.opener}>
          <ToolButton
            label={t('bots.ideas.title')}
            onClick={() => (opened ? setOpened(false) : open())}
            testId="ideas-tool"
          >
            <IconRobot size={18} aria-hidden />
          </ToolButton>
        </span>
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={t('bots.ideas.title')} data-testid="ideas">
        <IdeasList writing={writing} onDone={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
