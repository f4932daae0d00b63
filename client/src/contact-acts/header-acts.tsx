import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconCircleCheck,
  IconClockPause,
  IconLayoutSidebarRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserPlus,
  IconUserShare,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { runCommand, useCommand } from '../console/commands.js';
import { later } from '../console/later.js';
import { useContactActions } from '../conversations/thread/use-contact-actions.js';
import { toApiError } from '../http/api-error.js';
import { useSession } from '../session/session.js';
import { ActsMenu } from './acts-menu.js';
import { actsOf, type ActDialogName } from './acts-of.js';
import { useActs } from './use-acts.js';
import styles from './header-acts.module.css';

const TransferDialog = later(() => import('./transfer-dialog.js').then((module) => module.TransferDialog));
const AssignDialog = later(() => import('./assign-dialog.js').then((module) => module.AssignDialog));
const SnoozeDialog = later(() => import('./snooze-dialog.js').then((module) => module.SnoozeDialog));
const CloseDialog = later(() => import('./close-dialog.js').then((module) => module.CloseDialog));
const ReturnDialog = later(() => import('../bots/return-dialog.js').then((module) => module.ReturnDialog));
const ReasonsDialog = later(() => import('./reasons-dialog.js').then((module) => module.ReasonsDialog));

interface Props {
  detail: ConversationDetail;
  panelShown: boolean;
  onPanel: () => void;
}

/** Everything one can do with the open contact: beside its name where there is room, otherwise in one menu. */
export function HeaderActs({ detail, panelShown, onPanel }: Props) {
  const { t } = useTranslation();
  const { agent: me } = useSession();
  const { conversation: row, may } = detail;
  const acts = actsOf(row, may, me.id);
  const { assign, close, busy } = useContactActions(row.id);
  const { hold, resume, busy: turning } = useActs(row.id);
  const [dialog, setDialog] = useState<ActDialogName | null>(null);
  const [wanted, setWanted] = useState(false);
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false });
  const turn = () => (acts.hold === 'resume' ? resume : hold).mutate();
  const done = () => {
    setDialog(null);
    setWanted(false);
  };

  useCommand('take', () => assign.mutate({ agentId: 'me' }), acts.take && !busy);
  useCommand('transfer', () => setDialog('transfer'), acts.transfer);
  useCommand('hold', turn, acts.hold !== null && !turning);
  useCommand('snooze', () => setDialog('snooze'), acts.snooze);
  useCommand('returnToBot', () => setDialog('returnToBot'), acts.returnToBot);
  useCommand('reasons', () => setDialog('reasons'), detail.contacts.length > 0);
  useCommand(
    'closeAndNext',
    () =>
      close.mutate(
        {},
        {
          onSuccess: () => void runCommand('next'),
          // The queue asks what it was about: there is where to say it.
          onError: (error) => {
            if (toApiError(error).code !== 'invalid') return;
            setWanted(true);
            setDialog('close');
          },
        },
      ),
    acts.close && !busy,
  );

  return (
    <>
      <div className={styles.acts} role="group" aria-label={t('actions.label')}>
        {acts.take && (
          <Button
            size="xs"
            variant="light"
            loading={assign.isPending}
            onClick={() => assign.mutate({ agentId: 'me' })}
            data-testid="take"
          >
            {t('actions.take')}
          </Button>
        )}
        {!narrow && (
          <>
            {acts.transfer && (
              <Act
                label={t('acts.transfer')}
                hint="T"
                icon={<IconUserShare size={15} aria-hidden />}
                onClick={() => setDialog('transfer')}
                testId="transfer"
              />
            )}
            {acts.hold !== null && (
              <Act
                label={t(acts.hold === 'resume' ? 'acts.resume' : 'acts.hold')}
                hint="H"
                icon={
                  acts.hold === 'resume' ? (
                    <IconPlayerPlay size={15} aria-hidden />
                  ) : (
                    <IconPlayerPause size={15} aria-hidden />
                  )
                }
                busy={turning}
                onClick={turn}
                testId="hold"
              />
            )}
            {acts.snooze && (
              <Act
                label={t('acts.snooze')}
                hint="Z"
                icon={<IconClockPause size={15} aria-hidden />}
                onClick={() => setDialog('snooze')}
                testId="snooze"
              />
            )}
            {acts.assign && (
              <Act
                label={t('acts.assign')}
                icon={<IconUserPlus size={15} aria-hidden />}
                onClick={() => setDialog('assign')}
                testId="assign"
              />
            )}
            {acts.close && (
              <Act
                label={t('actions.close')}
                icon={<IconCircleCheck size={15} aria-hidden />}
                onClick={() => setDialog('close')}
                testId="close"
              />
            )}
          </>
        )}
        <ActsMenu
          detail={detail}
          acts={acts}
          all={narrow}
          onOpen={setDialog}
          onTurn={turn}
          onGiveBack={() => assign.mutate({ agentId: null })}
        />
        <Tooltip label={t('actions.panel')}>
          <ActionIcon
            size="lg"
            aria-label={t('actions.panel')}
            aria-pressed={panelShown}
            onClick={onPanel}
            data-testid="panel"
          >
            <IconLayoutSidebarRight size={19} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <TransferDialog opened={dialog === 'transfer'} onClose={done} detail={detail} />
      <AssignDialog opened={dialog === 'assign'} onClose={done} detail={detail} />
      <SnoozeDialog opened={dialog === 'snooze'} onClose={done} detail={detail} />
      <ReturnDialog opened={dialog === 'returnToBot'} onClose={done} detail={detail} />
      <ReasonsDialog opened={dialog === 'reasons'} onClose={done} detail={detail} contactId={null} />
      <CloseDialog
        opened={dialog === 'close'}
        onClose={done}
        detail={detail}
        wanted={wanted}
        // What is asked for now stands in the bar that has just come; the button that had the keyboard is gone.
        onClosed={(closed) => closed.contact?.state === 'wrapup' && setTimeout(() => runCommand('wrapUp'), FOCUS_MS)}
      />
    </>
  );
}

/** A dialog gives the keyboard back to where it came from, a moment after it closed. */
const FOCUS_MS = 60;

interface ActProps {
  label: string;
  hint?: string;
  icon: ReactNode;
  busy?: boolean;
  onClick: () => void;
  testId: string;
}

/** The word goes where there is no room for it; the sign stays. */
function Act({ label, hint, icon, busy = false, onClick, testId }: ActProps) {
  return (
    <Tooltip label={hint === undefined ? label : `${label} (${hint})`}>
      <Button
        size="xs"
        variant="default"
        className={styles.act}
        disabled={busy}
        aria-label={label}
        onClick={onClick}
        data-testid={testId}
      >
        {icon}
        <span className={styles.word}>{label}</span>
      </Button>
    </Tooltip>
  );
}
