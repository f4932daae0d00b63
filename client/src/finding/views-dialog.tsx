import { ActionIcon, Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { savedViewLimits, type SavedView, type SearchState } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { states } from '../console/search.js';
import { useConsole } from '../console/use-console.js';
import { keys } from '../conversations/queries.js';
import { labelsQuery } from '../customers/queries.js';
import { api } from '../http/api.js';
import { queuesQuery } from '../queues/queries.js';
import { useMay, useSession } from '../session/session.js';
import { moved, placeOf } from './narrowing.js';
import { savedViewsKey, savedViewsQuery } from './queries.js';
import styles from './saved-views.module.css';

/** Saved views are made, named, put in order and forgotten. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const shares = useMay('view.share');
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const { data: views = [] } = useQuery(savedViewsQuery());
  const [gone, setGone] = useState<SavedView | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('saved.edit')}
      size={520}
      fullScreen={phone}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.dialog} data-testid="views-dialog">
        <Shelf title={t('saved.own')} views={views.filter(({ shared }) => !shared)} onRemoved={setGone} />
        {shares && <Shelf title={t('saved.shared')} views={views.filter(({ shared }) => shared)} onRemoved={setGone} />}
        {gone && <Gone view={gone} onDone={() => setGone(null)} />}
        <NewView onClose={onClose} />
      </div>
    </Modal>
  );
}

function Shelf({
  title,
  views,
  onRemoved,
}: {
  title: string;
  views: SavedView[];
  onRemoved: (view: SavedView) => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const anew = () => client.invalidateQueries({ queryKey: savedViewsKey });
  const arrange = useMutation({
    mutationFn: api.arrangeSavedViews,
    onSuccess: (all) => client.setQueryData(savedViewsKey, all),
    onError: showFault,
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => api.removeSavedView(view.id),
    onSuccess: (_, view) => {
      onRemoved(view);
      return anew();
    },
    onError: showFault,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) => api.editSavedView(id, { name }),
    onSettled: anew,
    onError: showFault,
  });
  if (views.length === 0) return null;
  const step = (from: number, by: number) =>
    arrange.mutate({ shared: views[0]!.shared, ids: moved(views, from, by).map(({ id }) => id) });
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles.shelf}>
        {views.map((view, place) => (
          <li key={view.id} data-testid="shelf-view">
            <TextInput
              size="xs"
              aria-label={t('saved.nameOf', { name: view.name })}
              defaultValue={view.name}
              maxLength={savedViewLimits.name}
              onBlur={({ currentTarget }) => {
                const name = currentTarget.value.trim();
                if (name === '') currentTarget.value = view.name;
                else if (name !== view.name) rename.mutate({ id: view.id, name });
              }}
            />
            <ActionIcon
              aria-label={t('saved.up', { name: view.name })}
              disabled={place === 0}
              onClick={() => step(place, -1)}
            >
              <IconChevronUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={t('saved.down', { name: view.name })}
              disabled={place === views.length - 1}
              onClick={() => step(place, 1)}
            >
              <IconChevronDown size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={t('saved.remove', { name: view.name })}
              onClick={() => remove.mutate(view)}
              data-testid="remove-view"
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was taken away by a slip comes back as it was, at the end of its shelf. */
function Gone({ view, onDone }: { view: SavedView; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const back = useMutation({
    mutationFn: () =>
      api.addSavedView({ name: view.name, shared: view.shared, filters: view.filters, order: view.order }),
    onSuccess: () => {
      onDone();
      return client.invalidateQueries({ queryKey: savedViewsKey });
    },
    onError: showFault,
  });
  return (
    <p className={styles.gone} role="status">
      <span>{t('saved.removed', { name: view.name })}</span>
      <Button
        size="compact-xs"
        variant="default"
        loading={back.isPending}
        onClick={() => back.mutate()}
        data-testid="undo-remove"
      >
        {t('saved.undo')}
      </Button>
    </p>
  );
}

function NewView({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { agent, accounts } = useSession();
  const shares = useMay('view.share');
  const place = useConsole();
  const queues = useQuery(queuesQuery());
  const agents = useQuery({ queryKey: keys.agents, queryFn: api.agents });
  const labels = useQuery(labelsQuery());
  const [name, setName] = useState('');
  const [queue, setQueue] = useState<string | null>(place.inQueue ?? null);
  const [of, setOf] = useState<string | null>(place.of ?? null);
  const [account, setAccount] = useState<string | null>(place.account ?? null);
  const [unanswered, setUnanswered] = useState(place.unanswered === true);
  const [label, setLabel] = useState<string | null>(place.labelled ?? null);
  const [only, setOnly] = useState<SearchState | null>(place.only ?? null);
  const [shared, setShared] = useState(false);
  // What is over is in no queue and nobody's, and nobody waits in it.
  const mayBeOver = queue === null && of === null && !unanswered;
  const state = only === 'closed' && !mayBeOver ? null : only;
  const filters = { account, queue, agent: of, unanswered, label, state };
  const narrows = [queue, of, account, label, state].some((filter) => filter !== null) || unanswered;
  const shownLabels = (labels.data ?? []).filter(({ accountId }) => account === null || accountId === account);
  const add = useMutation({
    mutationFn: () => api.addSavedView({ name: name.trim(), shared, filters, order: place.order }),
    onSuccess: async (view) => {
      await client.invalidateQueries({ queryKey: savedViewsKey });
      place.choose(placeOf(view));
      onClose();
    },
    onError: showFault,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (narrows && name.trim() !== '' && !add.isPending) add.mutate();
  };
  const others = (agents.data ?? [])
    .filter(({ id }) => id !== agent.id)
    .map(({ id, name: label }) => ({ value: id, label }));
  return (
    <form className={styles.form} onSubmit={submit} data-testid="new-view">
      <h3>{t('saved.add')}</h3>
      <TextInput
        label={t('saved.name')}
        value={name}
        maxLength={savedViewLimits.name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="view-name"
      />
      <div className={styles.pair}>
        <NativeSelect
          label={t('finding.anyQueue')}
          value={queue ?? ''}
          onChange={(event) => setQueue(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('finding.everyQueue') },
            ...(queues.data ?? []).map(({ id, name: label }) => ({ value: id, label })),
          ]}
          data-testid="view-queue"
        />
        <NativeSelect
          label={t('finding.anyAgent')}
          value={of ?? ''}
          onChange={(event) => setOf(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('finding.everyAgent') },
            { value: 'me', label: t('saved.me') },
            { value: 'none', label: t('saved.nobody') },
            ...others,
          ]}
          data-testid="view-agent"
        />
      </div>
      <div className={styles.pair}>
        <NativeSelect
          label={t('finding.anyLabel')}
          value={label ?? ''}
          onChange={(event) => setLabel(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('finding.everyLabel') },
            ...shownLabels.map(({ id, name: label }) => ({ value: id, label })),
          ]}
          data-testid="view-label"
        />
        <NativeSelect
          label={t('finding.anyState')}
          value={state ?? ''}
          onChange={(event) => setOnly(states.find((each) => each === event.currentTarget.value) ?? null)}
          data={[
            { value: '', label: t('finding.everyState') },
            ...states.map((each) => ({
              value: each,
              label: t(`finding.state.${each}`),
              disabled: each === 'closed' && !mayBeOver,
            })),
          ]}
          data-testid="view-state"
        />
      </div>
      {accounts.length > 1 && (
        <NativeSelect
          label={t('saved.account')}
          value={account ?? ''}
          onChange={(event) => setAccount(event.currentTarget.value || null)}
          data={[
            { value: '', label: t('saved.everyAccount') },
            ...accounts.map(({ id, name: label }) => ({ value: id, label })),
          ]}
        />
      )}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={unanswered}
          onChange={(event) => setUnanswered(event.currentTarget.checked)}
          data-testid="view-unanswered"
        />
        {t('saved.unanswered')}
      </label>
      {shares && (
        <label className={styles.check}>
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
          {t('saved.share')}
        </label>
      )}
      <div className={styles.foot}>
        <span>{narrows ? '' : t('saved.needsFilter')}</span>
        <Button
          type="submit"
          size="sm"
          loading={add.isPending}
          disabled={!narrows || name.trim() === ''}
          data-testid="save-view"
        >
          {t('saved.save')}
        </Button>
      </div>
    </form>
  );
}
