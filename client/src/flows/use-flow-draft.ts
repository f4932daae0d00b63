import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { flowFaults, type FieldError, type FlowDocument, type FlowView } from '#libs/contracts/index.js';
import { showFault } from '../console/notices.js';
import { toApiError } from '../http/api-error.js';
import { api } from '../http/api.js';
import { plainFaults } from './flow-draft.js';
import { flowKeys } from './queries.js';

/** The flow as it stands on the screen, upon the version that it was made of. */
export function useFlowDraft(botId: string, stored: FlowView | null, first: FlowDocument) {
  const client = useQueryClient();
  const [base, setBase] = useState(stored);
  const [flow, setFlow] = useState<FlowDocument>(stored?.document ?? first);
  const [tried, setTried] = useState(0);
  const [refused, setRefused] = useState<FieldError[]>([]);
  const [conflict, setConflict] = useState(false);
  const [saved, setSaved] = useState(false);
  const unsaved = base === null ? flow !== first : flow !== base.document;

  const save = useMutation({
    mutationFn: (document: FlowDocument) => api.saveFlow(botId, { document, version: base?.version ?? 0 }),
    onSuccess: (view, document) => {
      client.setQueryData(flowKeys.flow(botId), view);
      // What was typed while the answer was on its way stays, and is a change of the new version.
      setFlow((now) => (now === document ? view.document : now));
      setBase(view);
      setTried(0);
      setSaved(true);
    },
    onError: (error) => {
      const { status, fields } = toApiError(error);
      if (status === 409) setConflict(true);
      else if (fields.length > 0) {
        setRefused(plainFaults(fields));
        setTried((times) => times + 1);
      } else showFault(error);
    },
  });

  return {
    flow,
    version: base?.version ?? 0,
    unsaved,
    saved: saved && !unsaved,
    conflict,
    isBusy: save.isPending,
    /** An empty field is no fault before somebody says that she is done. */
    faults: [
      ...flowFaults(flow).filter(({ rule }) => tried > 0 || (rule !== 'required' && rule !== 'tooFew')),
      ...refused,
    ],
    /** Rises with every try that found faults. */
    tried,
    set: (change: FlowDocument) => {
      setFlow(change);
      setRefused([]);
      setSaved(false);
    },
    submit: () => {
      if (save.isPending) return;
      if (flowFaults(flow).length > 0) return setTried((times) => times + 1);
      setRefused([]);
      save.mutate(flow);
    },
  };
}
