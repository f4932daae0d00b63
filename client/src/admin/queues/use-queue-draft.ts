import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { EditQueueBody, QueuePreview, QueueRules, QueueView } from '#libs/contracts/index.js';
import { showFault } from '../../console/notices.js';
import { api } from '../../http/api.js';
import { toApiError } from '../../http/api-error.js';
import { serverNow } from '../../time/clock.js';
import { faultsOf, type Fault } from './faults.js';
import { queueKeys } from '../../queues/queries.js';
import { changedRules, editOf, movesWaiting, rebased, rulesOf, type RuleName } from './rules-draft.js';

interface Shown {
  preview: QueuePreview;
  at: number;
}

/**
 * The rules as they stand on the screen, upon the version that they were taken from. Saving shows first what it would do
 * to whoever waits. What a colleague saves meanwhile is never overwritten unseen: without changes of one's own it is
 * taken over, with them it is told (`theirs`) and one decides.
 */
export function useQueueDraft(fresh: QueueView) {
  const client = useQueryClient();
  const [base, setBase] = useState(fresh);
  const [rules, setRules] = useState<QueueRules>(() => rulesOf(fresh));
  const [refused, setRefused] = useState<Fault[]>([]);
  const [tried, setTried] = useState(0);
  const [shown, setShown] = useState<Shown | null>(null);
  const [savedAt, setSavedAt] = useState<number | null>(null);

  const changed = useMemo(() => changedRules(base, rules), [base, rules]);
  const found = useMemo(() => faultsOf(rules), [rules]);
  // An empty field is no fault before somebody says that she is done.
  const faults = [...found.filter(({ rule }) => tried > 0 || rule !== 'required'), ...refused];

  const take = (view: QueueView, onScreen: QueueRules) => {
    setBase(view);
    setRules(onScreen);
    setRefused([]);
    setShown(null);
  };

  const failed = (error: unknown) => {
    setShown(null);
    const { status, fields } = toApiError(error);
    if (fields.length > 0) {
      setRefused(fields);
      setTried((times) => times + 1);
    } else if (status === 409 || status === 404) {
      // A colleague was faster, or it is gone: what is there now says which.
      void client.invalidateQueries({ queryKey: queueKeys.rules(base.id) });
    } else showFault(error);
  };

  const save = useMutation({
    mutationFn: (body: EditQueueBody) => api.editQueue(base.id, body),
    onSuccess: (view, body) => {
      client.setQueryData(queueKeys.rules(view.id), view);
      setBase(view);
      // What was typed while the answer was on its way stays.
      setRules((now) => rebased({ ...base, ...body } as QueueView, now, view));
      setRefused([]);
      setTried(0);
      setShown(null);
      setSavedAt(serverNow());
      void client.invalidateQueries({ queryKey: queueKeys.list });
    },
    onError: failed,
  });

  const ask = useMutation({
    mutationFn: (body: EditQueueBody) => api.previewQueue(base.id, body),
    onSuccess: (preview, body) => {
      if (preview.waiting === 0 && preview.enters === 0) return save.mutate(body);
      setShown({ preview, at: serverNow() });
    },
    onError: failed,
  });

  const isBusy = save.isPending || ask.isPending;
  // One's own save may be told by the socket before it is answered.
  const isNewer = fresh.version > base.version && !save.isPending;
  if (isNewer && changed.length === 0) {
    setBase(fresh);
    setRules(rulesOf(fresh));
  }

  return {
    base,
    rules,
    changed,
    faults,
    /** Rises with every try that found faults. */
    tried,
    isBusy,
    isSaving: save.isPending,
    preview: shown,
    savedAt: changed.length === 0 ? savedAt : null,
    theirs: isNewer && changed.length > 0 ? changedRules(base, fresh) : null,
    set: (change: Partial<QueueRules>) => {
      setRules((now) => ({ ...now, ...change }));
      setRefused((known) => known.filter(({ field }) => !((field.split('.')[0] as RuleName) in change)));
    },
    reset: () => take(base, rulesOf(base)),
    keepMine: () => take(fresh, rebased(base, rules, fresh)),
    takeTheirs: () => take(fresh, rulesOf(fresh)),
    /** Looks first. */
    submit: () => {
      if (isBusy || changed.length === 0) return;
      if (found.length > 0) return setTried((times) => times + 1);
      setRefused([]);
      if (movesWaiting(changed)) ask.mutate(editOf(base, rules));
      else save.mutate(editOf(base, rules));
    },
    confirm: () => save.mutate(editOf(base, rules)),
    dismiss: () => setShown(null),
  };
}
