import { useTranslation } from 'react-i18next';
import type { FieldError } from '#libs/contracts/index.js';

const rules = [
  'required',
  'tooLong',
  'tooFew',
  'tooMany',
  'taken',
  'reserved',
  'notLater',
  'range',
  'notANumber',
  'noPlace',
  'exists',
] as const;

/** What is wrong with a field of a flow, in the words of whoever edits it. */
export function useFlowFault(faults: readonly FieldError[]): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const fault = faults.find((each) => each.field === field);
    if (!fault) return undefined;
    const rule = rules.find((known) => known === fault.rule) ?? 'other';
    return t(`flows.fault.${rule}`, { limit: fault.limit ?? 0, actual: fault.actual ?? 0 });
  };
}
