import { useTranslation } from 'react-i18next';
import type { FieldError } from '#libs/contracts/index.js';

type Numbers = Pick<FieldError, 'rule' | 'limit' | 'actual' | 'unit'>;

const fields = ['required', 'tooLong', 'tooManyBytes', 'isShortcut', 'taken', 'full', 'exists'] as const;
const buttons = ['tooMany', 'tooLong', 'isLink', 'twice'] as const;
const rows = [
  'required',
  'tooLong',
  'tooManyBytes',
  'isShortcut',
  'taken',
  'isIn',
  'exists',
  'forbidden',
  'storable',
  'encoding',
  'csv',
  'json',
  'isArray',
  'tooMany',
  'isLink',
  'twice',
] as const;

/** What is wrong with a field of the editor. */
export function useFaultText(): (fault: FieldError) => string {
  const { t } = useTranslation();
  return (fault) => {
    if (fault.field === 'content.suggestions') {
      const wrong = buttons.find((known) => known === fault.rule);
      return wrong
        ? t(`canned.buttonFault.${wrong}`, { ...numbersOf(fault), line: fault.message })
        : t('canned.fault.other');
    }
    const rule = fields.find((known) => known === ruleOf(fault)) ?? 'other';
    return t(`canned.fault.${rule}`, numbersOf(fault));
  };
}

/** What is wrong with a row of a file. */
export function useRowFaultText(): (fault: Numbers) => string {
  const { t } = useTranslation();
  return (fault) => {
    const rule = rows.find((known) => known === ruleOf(fault)) ?? 'other';
    return t(`canned.rowFault.${rule}`, numbersOf(fault));
  };
}

function ruleOf({ rule, unit }: Numbers): string {
  return rule === 'tooLong' && unit === 'bytes' ? 'tooManyBytes' : rule;
}

function numbersOf({ limit = 0, actual = 0 }: Numbers): { limit: number; actual: number } {
  return { limit, actual };
}
