import { Button, Group, SegmentedControl, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { contactLimits, type ConversationDetail } from '#libs/contracts/index.js';
import { isSendKey } from '../console/keys.js';
import { toApiError, type ApiError } from '../http/api-error.js';
import { useSession } from '../session/session.js';
import { ActDialog } from './act-dialog.js';
import { actsOf, openContact } from './acts-of.js';
import { PersonFace, QueueFace } from './faces.js';
import { isCalled } from './people.js';
import { Picker } from './picker.js';
import { queuesNowQuery } from './queries.js';
import { useActs } from './use-acts.js';
import { usePeople } from './use-people.js';
import styles from './dialogs.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  detail: ConversationDetail;
}

/** 引き継ぎ: to a person, who is asked, or to a queue. */
export function TransferDialog({ opened, onClose, detail }: Props) {
  const { t } = useTranslation();
  return (
    <ActDialog opened={opened} onClose={onClose} title={t('acts.transferTitle')} size={560} large>
      <TransferForm detail={detail} onDone={onClose} />
    </ActDialog>
  );
}

function TransferForm({ detail, onDone }: { detail: ConversationDetail; onDone: () => void }) {
  const { t } = useTranslation();
  const { agent: me } = useSession();
  const { conversation: row, may } = detail;
  const contact = openContact(row);
  const { toPerson } = actsOf(row, may, me.id);
  const [kind, setKind] = useState<'person' | 'queue'>(toPerson ? 'person' : 'queue');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const faultId = useId();
  const { people, failed } = usePeople();
  const queues = useQuery(queuesNowQuery());
  const { transfer } = useActs(row.id, { quiet: true });

  const others = people?.filter(({ id }) => id !== contact?.assignee?.id) ?? [];
  const targets = (queues.data ?? []).filter(({ active }) => active);
  const name = others.find(({ id }) => id === chosen)?.name ?? '';
  const tooLong = note.length > contactLimits.transferNote;

  const pick = (id: string) => {
    setChosen(id);
    setMissing(false);
    transfer.reset();
    field.current?.focus();
  };
  const turn = (next: 'person' | 'queue') => {
    setKind(next);
    setSearch('');
    setChosen(null);
    setMissing(false);
    transfer.reset();
  };
  const submit = () => {
    if (chosen === null) return setMissing(true);
    if (tooLong || transfer.isPending) return;
    const words = note.trim() === '' ? {} : { note };
    transfer.mutate(kind === 'person' ? { agentId: chosen, ...words } : { queueId: chosen, ...words }, {
      onSuccess: onDone,
    });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
    const { isComposing } = event.nativeEvent;
    if (!isSendKey({ key, keyCode, ctrlKey, metaKey, altKey, shiftKey, isComposing }, 'modEnter')) return;
    event.preventDefault();
    submit();
  };
  const refusal = (error: ApiError) => {
    if (kind === 'person' && error.code === 'over_capacity') return t('acts.refusedRoom', { name });
    if (kind === 'person' && error.code === 'not_available') return t('acts.refusedAway', { name });
    if (kind === 'person' && error.fields.some(({ rule }) => rule === 'mayReply'))
      return t('acts.refusedRight', { name });
    return t(`errors.${error.code}`);
  };
  const fault = missing
    ? t(kind === 'person' ? 'acts.pickPerson' : 'acts.pickQueue')
    : transfer.isError
      ? refusal(toApiError(transfer.error))
      : null;

  return (
    <form
      noValidate
      className={styles.form}
      data-testid="transfer-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {toPerson && (
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t('acts.target')}
          value={kind}
          onChange={turn}
          data={[
            { value: 'person' as const, label: t('acts.toPerson') },
            { value: 'queue' as const, label: t('acts.toQueue') },
          ]}
        />
      )}
      {(kind === 'person' ? failed : queues.isError && !queues.data) ? (
        <p role="alert" className={styles.fault}>
          {t('acts.listFailed')}
        </p>
      ) : kind === 'person' ? (
        <Picker
          key="person"
          label={t('acts.people')}
          placeholder={t('acts.search')}
          search={search}
          onSearch={setSearch}
          chosen={chosen}
          onChoose={pick}
          nobody={people === undefined ? t('common.loading') : t('acts.nobodyFound')}
          optionTestId="transfer-person"
          options={others
            .filter((person) => isCalled(person.name, search))
            .map((person) => ({
              id: person.id,
              face: <PersonFace person={person} />,
              disabled: person.kept !== null,
            }))}
        />
      ) : (
        <Picker
          key="queue"
          label={t('acts.queues')}
          placeholder={t('acts.searchQueue')}
          search={search}
          onSearch={setSearch}
          chosen={chosen}
          onChoose={pick}
          nobody={queues.data === undefined ? t('common.loading') : t('acts.nobodyFound')}
          optionTestId="transfer-queue"
          options={targets
            .filter((queue) => isCalled(queue.name, search))
            .map((queue) => ({
              id: queue.id,
              face: <QueueFace queue={queue} here={queue.id === contact?.queueId} />,
              disabled: false,
            }))}
        />
      )}
      <Textarea
        ref={field}
        label={t('acts.note')}
        description={t('acts.noteHint')}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={press}
        error={tooLong ? t('acts.noteTooLong', { limit: contactLimits.transferNote, count: note.length }) : undefined}
        data-testid="transfer-note"
      />
      <p className={styles.hint}>
        {kind === 'queue'
          ? t('acts.giveHint')
          : t(contact?.assignee?.id === me.id ? 'acts.askHint' : 'acts.supervisorAskHint')}
      </p>
      <p role="alert" id={faultId} className={styles.fault} data-testid="transfer-fault">
        {fault}
      </p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={transfer.isPending} disabled={tooLong} data-testid="transfer-submit">
          {t(kind === 'person' ? 'acts.ask' : 'acts.give')}
        </Button>
      </Group>
    </form>
  );
}
