import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationDetail } from '#libs/contracts/index.js';
import { useContactActions } from '../conversations/thread/use-contact-actions.js';
import { toApiError } from '../http/api-error.js';
import { useSession } from '../session/session.js';
import { ActDialog } from './act-dialog.js';
import { openContact } from './acts-of.js';
import { PersonFace } from './faces.js';
import { isCalled } from './people.js';
import { Picker } from './picker.js';
import { usePeople } from './use-people.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  detail: ConversationDetail;
}

/** 割り当て: nobody is asked, so whoever does it beyond a limit has to say that she means it. */
export function AssignDialog({ opened, onClose, detail }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('acts.assignTitle')} size={560} large>
      <AssignForm detail={detail} onDone={onClose} />
    </ActDialog>
  );
}

function AssignForm({ detail, onDone }: { detail: ConversationDetail; onDone: () => void }) {
  const { t } = useTranslation();
  const { agent: me } = useSession();
  const { conversation: row } = detail;
  const owner = openContact(row)?.assignee?.id ?? null;
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const { people, failed } = usePeople();
  const { assign } = useContactActions(row.id, { quiet: true });
  const error = assign.isError ? toApiError(assign.error) : null;
  const refused = error?.code === 'over_capacity' || error?.code === 'not_available' ? error.code : null;
  // What she may not do even knowingly is refused again: that is the end of it.
  const sure = refused !== null && assign.variables?.override !== true;
  const name = people?.find(({ id }) => id === chosen)?.name ?? '';

  const send = (override: boolean) => {
    if (chosen === null) return setMissing(true);
    assign.mutate({ agentId: chosen, ...(override ? { override } : {}) }, { onSuccess: onDone });
  };
  const pick = (id: string) => {
    setChosen(id);
    setMissing(false);
    assign.reset();
  };
  const fault = missing
    ? t('acts.pickAssignee')
    : error?.fields.some(({ rule }) => rule === 'mayReply')
      ? t('acts.refusedRight', { name })
      : error && !sure
        ? t(`errors.${error.code}`)
        : null;

  return (
    <form
      noValidate
      className={styles.form}
      data-testid="assign-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!assign.isPending) send(sure);
      }}
    >
      {failed ? (
        <p role="alert" className={styles.fault}>
          {t('acts.listFailed')}
        </p>
      ) : (
        <Picker
          label={t('acts.people')}
          placeholder={t('acts.search')}
          search={search}
          onSearch={setSearch}
          chosen={chosen}
          onChoose={(id) => {
            pick(id);
            // One Enter chooses, the next one does it.
            requestAnimationFrame(() => document.getElementById('assign-submit')?.focus());
          }}
          nobody={people === undefined ? t('common.loading') : t('acts.nobodyFound')}
          optionTestId="assign-to"
          options={(people ?? [])
            // What nobody has she takes for herself with 担当する.
            .filter(({ id, name: called }) => !(owner === null && id === me.id) && isCalled(called, search))
            .map((person) => ({
              id: person.id,
              face: <PersonFace person={person} extra={person.id === owner ? t('acts.assignNow') : undefined} />,
              disabled: person.id === owner,
            }))}
        />
      )}
      <p className={styles.hint}>{t('acts.assignHint')}</p>
      <div role="alert" data-testid="assign-fault">
        {fault !== null && <p className={styles.fault}>{fault}</p>}
        {sure && (
          <div className={styles.sure} data-testid="assign-sure" data-code={refused}>
            <p>{t(refused === 'over_capacity' ? 'acts.assignFull' : 'acts.assignAway', { name })}</p>
            <p>{t('acts.assignSure')}</p>
          </div>
        )}
      </div>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={sure ? () => assign.reset() : onDone}>
          {t(sure ? 'acts.assignOther' : 'common.cancel')}
        </Button>
        <Button
          id="assign-submit"
          type="submit"
          loading={assign.isPending}
          data-testid={sure ? 'assign-anyway' : 'assign-submit'}
        >
          {t(sure ? 'acts.assignAnyway' : 'acts.assignDo')}
        </Button>
      </Group>
    </form>
  );
}
