import { Button } from '@mantine/core';
import { IconAlertCircle, IconTrash } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type ComponentType, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, AgentView, QueueSummary, QueueView, SkillView } from '#libs/contracts/index.js';
import { isComposing } from '../../console/keys.js';
import { ColleagueBanner } from './colleague-banner.js';
import { DeleteQueueDialog } from './delete-queue-dialog.js';
import { EditingContext, type Editing } from './editing.js';
import { Frame } from './frame.js';
import { LeaveGuard } from './leave-guard.js';
import { PreviewDialog } from './preview-dialog.js';
import { SaveBar } from './save-bar.js';
import { partOfField, parts, partsOf, type Part } from './rules-draft.js';
import { Basics } from './sections/basics.js';
import { Distribution } from './sections/distribution.js';
import { Hours } from './sections/hours.js';
import { Limits } from './sections/limits.js';
import { Members } from './sections/members.js';
import { Offers } from './sections/offers.js';
import { Skills } from './sections/skills.js';
import { Texts } from './sections/texts.js';
import { useQueueDraft } from './use-queue-draft.js';
import styles from './queue-editor.module.css';

const screens: Record<Part, ComponentType> = {
  basics: Basics,
  members: Members,
  skills: Skills,
  distribution: Distribution,
  offers: Offers,
  limits: Limits,
  hours: Hours,
  texts: Texts,
};

interface Props {
  fresh: QueueView;
  queues: QueueSummary[];
  staff: AgentView[];
  skills: SkillView[];
  accounts: AccountView[];
  onClose: () => void;
}

export function EditorForm({ fresh, queues, staff, skills, accounts, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useQueueDraft(fresh);
  const { rules, faults, changed, tried } = draft;
  const [part, setPart] = useState<Part>('basics');
  const [deleting, setDeleting] = useState(false);
  const [deleted, setDeleted] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const editing = useMemo(
    (): Editing => ({ queueId: fresh.id, rules, set: draft.set, faults, staff, skills, accounts, queues }),
    [fresh.id, rules, draft.set, faults, staff, skills, accounts, queues],
  );
  const faulty = new Set(faults.map(({ field }) => partOfField(field)));
  const touched = new Set(partsOf(changed));
  const Shown = screens[part];

  // A try that found faults leads to the first of them.
  const [seen, setSeen] = useState(0);
  if (tried !== seen) {
    setSeen(tried);
    const first = parts.find((each) => faulty.has(each));
    if (first && !faulty.has(part)) setPart(first);
  }
  useEffect(() => {
    if (tried === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.focus();
  }, [tried, part]);

  const submitByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    draft.submit();
  };

  return (
    <EditingContext value={editing}>
      <Frame
        title={draft.base.name}
        back={{ label: t('queues.backToList'), onClick: onClose }}
        acts={
          <Button
            size="sm"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => setDeleting(true)}
            data-testid="delete-queue-open"
          >
            {t('queues.remove.open')}
          </Button>
        }
      >
        <div className={styles.editor} ref={body}>
          <nav className={styles.parts} aria-label={t('queues.edit.parts')}>
            {parts.map((each) => (
              <button
                key={each}
                type="button"
                aria-current={each === part || undefined}
                onClick={() => {
                  setPart(each);
                  body.current?.parentElement?.scrollTo({ top: 0 });
                }}
                data-testid={`part-${each}`}
              >
                <span>{t(`queues.part.${each}`)}</span>
                {faulty.has(each) ? (
                  <IconAlertCircle
                    size={15}
                    role="img"
                    aria-label={t('queues.edit.faultMark')}
                    className={styles.fault}
                  />
                ) : (
                  touched.has(each) && (
                    <span className={styles.changed} role="img" aria-label={t('queues.edit.changedMark')} />
                  )
                )}
              </button>
            ))}
          </nav>
          <form
            ref={form}
            className={styles.form}
            noValidate
            aria-label={t(`queues.part.${part}`)}
            onSubmit={(event) => {
              event.preventDefault();
              draft.submit();
            }}
            onKeyDown={submitByKey}
            data-testid="queue-form"
            data-part={part}
          >
            {draft.theirs && (
              <ColleagueBanner
                theirs={draft.theirs}
                mine={changed}
                onKeepMine={draft.keepMine}
                onTakeTheirs={draft.takeTheirs}
              />
            )}
            <Shown key={part} />
            <SaveBar draft={draft} />
          </form>
        </div>
      </Frame>
      {draft.preview && (
        <PreviewDialog
          preview={draft.preview.preview}
          at={draft.preview.at}
          staff={staff}
          busy={draft.isSaving}
          onSave={draft.confirm}
          onClose={draft.dismiss}
        />
      )}
      {deleting && (
        <DeleteQueueDialog
          queue={fresh}
          summary={queues.find(({ id }) => id === fresh.id)}
          accounts={accounts}
          onDeleted={() => setDeleted(true)}
          onClose={() => setDeleting(false)}
        />
      )}
      <LeaveGuard name={draft.base.name} unsaved={changed.length > 0 && !deleted} gone={deleted} onGone={onClose} />
    </EditingContext>
  );
}
