import { Popover } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../console/commands.js';
import { ToolButton, type ToolProps } from '../conversations/composer/tool-button.js';
import { detailQuery } from '../conversations/queries.js';
import { drafts } from '../desk.js';
import { IdeasList } from './ideas-list.js';
import styles from './bots.module.css';

/** ボットの回答候補: what a bot would say, to be put into the reply by hand and never sent by itself. */
export function IdeasTool({ hands }: ToolProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { conversationId, tab } = hands;
  const { data: detail } = useQuery(detailQuery(conversationId));
  const offered = tab === 'reply' && detail?.bots.some(({ ideas }) => ideas) === true;
  // What an input method is converting is left alone: nothing opens over it, and nothing is put into it.
  const open = () => {
    if (!drafts.isComposing(conversationId)) setOpened(true);
  };
  useCommand('ideas', open, offered);
  if (!offered) return null;
  const close = () => {
    setOpened(false);
    requestAnimationFrame(hands.focus);
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
        <IdeasList hands={hands} lastSeq={detail.conversation.lastSeq} onDone={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
