import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { skillsQuery, staffQuery } from '../../agents/queries.js';
import { toApiError } from '../../http/api-error.js';
import { EditorForm } from './editor-form.js';
import { Frame } from './frame.js';
import { queuesQuery } from '../../queues/queries.js';
import { accountsQuery, rulesQuery } from './queries.js';

/** Everything that a queue has, once all of what it may name is known. */
export function QueueEditor({ queueId, onClose }: { queueId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const rules = useQuery(rulesQuery(queueId));
  const queues = useQuery(queuesQuery());
  const staff = useQuery(staffQuery());
  const skills = useQuery(skillsQuery());
  const accounts = useQuery(accountsQuery());
  const back = { label: t('queues.backToList'), onClick: onClose };
  const gone = rules.isError && toApiError(rules.error).status === 404;
  if (rules.data && queues.data && staff.data && skills.data && accounts.data && !gone) {
    return (
      <EditorForm
        fresh={rules.data}
        queues={queues.data}
        staff={staff.data}
        skills={skills.data}
        accounts={accounts.data}
        onClose={onClose}
      />
    );
  }
  const failed = [rules, queues, staff, skills, accounts].some(({ isError }) => isError);
  return (
    <Frame title={rules.data?.name ?? t('queues.title')} back={back}>
      {failed ? (
        <p role="alert" data-testid={gone ? 'queue-gone' : 'queue-failed'}>
          {t(gone ? 'queues.gone' : 'queues.failed')}
        </p>
      ) : null}
    </Frame>
  );
}
