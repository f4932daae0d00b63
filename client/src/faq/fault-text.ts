import { useTranslation } from 'react-i18next';
import type { FieldError } from '#libs/contracts/index.js';

const rules = [
  'required',
  'tooLong',
  'tooManyBytes',
  'tooMany',
  'isLink',
  'twice',
  'afterFrom',
  'full',
  'taken',
  'isIn',
  'isDate',
  'storable',
  'encoding',
  'csv',
] as const;

/** What is wrong with a field of the editor, or with a row of a file. */
export function useFaqFaultText(): (fault: Pick<FieldError, 'rule' | 'limit' | 'actual' | 'unit'>) => string {
  const { t } = useTranslation();
  return ({ rule, unit, limit = 0, actual = 0 }) => {
    const named = rule === 'tooLong' && unit === 'bytes' ? 'tooManyBytes' : rule;
    return t(`faq.fault.${rules.find((known) => known === named) ?? 'other'}`, { limit, actual });
  };
}
