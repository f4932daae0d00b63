import { createContext, use } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, AgentView, QueueRules, QueueSummary, SkillView } from '#libs/contracts/index.js';
import type { Fault } from './faults.js';

/** What the parts of the editor share: the rules as they stand on the screen, and what they may name. */
export interface Editing {
  queueId: string;
  rules: QueueRules;
  set: (change: Partial<QueueRules>) => void;
  faults: readonly Fault[];
  staff: readonly AgentView[];
  skills: readonly SkillView[];
  accounts: readonly AccountView[];
  queues: readonly QueueSummary[];
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (editing === null) throw new Error('outside of an editor');
  return editing;
}

const worded = [
  'range',
  'min',
  'max',
  'maxLength',
  'required',
  'isTime',
  'isDate',
  'overlap',
  'arrayUnique',
  'arrayMaxSize',
  'exists',
  'itself',
  'circle',
  'needsOverflow',
  'needsDispositions',
] as const;

/** A fault in the words of whoever reads it, with the limit that was broken. */
export function useFaultText(): (fault: Fault) => string {
  const { t } = useTranslation();
  return ({ field, rule, limit, least, most }) => {
    if (rule === 'taken') return t(field === 'name' ? 'queues.fault.nameTaken' : 'queues.fault.accountTaken');
    const known = worded.find((each) => each === rule) ?? (rule === 'isLength' ? 'maxLength' : 'other');
    const needsLimit = known === 'min' || known === 'max' || known === 'maxLength' || known === 'arrayMaxSize';
    return t(`queues.fault.${needsLimit && limit === undefined ? 'other' : known}`, { limit, least, most });
  };
}

/** What is wrong with a field, if anything is. */
export function useFieldError(): (field: string) => string | undefined {
  const { faults } = useEditing();
  const text = useFaultText();
  return (field) => {
    const fault = faults.find((each) => each.field === field);
    return fault && text(fault);
  };
}
