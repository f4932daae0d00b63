import { customerLimits, type CustomerField, type FieldError } from '#libs/contracts/index.js';

type Known = Pick<CustomerField, 'id' | 'kind' | 'choices'>;

/** What is stored for what somebody wrote, or why it cannot be. Full-width digits are digits. */
export function readValue(field: Known, written: string): { value: string } | { fault: FieldError } {
  const text = written.trim();
  const name = `values.${field.id}`;
  const wrong = (rule: string, message: string): { fault: FieldError } => ({ fault: { field: name, rule, message } });
  if (text.length > customerLimits.value) {
    const message = `The value has ${text.length} characters; ${customerLimits.value} are allowed.`;
    return {
      fault: {
        field: name,
        rule: 'tooLong',
        message,
        limit: customerLimits.value,
        actual: text.length,
        unit: 'utf16',
      },
    };
  }
  switch (field.kind) {
    case 'text':
      return { value: text };
    case 'choice':
      return field.choices.includes(text) ? { value: text } : wrong('notAChoice', 'This is not one of the choices.');
    case 'number': {
      const number = readNumber(text);
      return number === null ? wrong('notANumber', 'This is not a number.') : { value: number };
    }
    case 'date': {
      const date = readDate(text);
      return date === null ? wrong('notADate', 'This is not a date.') : { value: date };
    }
  }
}

/** `１，２００` → `1200` */
export function readNumber(written: string): string | null {
  const text = written
    .normalize('NFKC')
    .replace(/[,\s]/g, '')
    .replace(/^[−ー‐–]/, '-');
  const parts = /^([+-]?)0*(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text);
  if (!parts) return null;
  const [, sign, whole, fraction = ''] = parts;
  const rest = fraction.replace(/0+$/, '');
  const number = rest === '' ? whole! : `${whole}.${rest}`;
  return sign === '-' && /[1-9]/.test(number) ? `-${number}` : number;
}

/** `2026/1/5`, `2026年1月5日`, `２０２６０１０５` → `2026-01-05`; only days that there are. */
export function readDate(written: string): string | null {
  const text = written.normalize('NFKC').replace(/\s/g, '');
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same && year > 0 ? date.toISOString().slice(0, 10) : null;
}
