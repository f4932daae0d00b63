import type { ConversationRow, CustomerView, Permission } from '#libs/contracts/index.js';

/** How much of customers' numbers somebody may see. */
export type Numbers = 'whole' | 'masked';

export function numbersFor({ permissions }: { permissions: ReadonlySet<Permission> }): Numbers {
  return permissions.has('customer.phone') ? 'whole' : 'masked';
}

/** `090-1234-5678` → `090-****-5678`: the first group and the last four digits stay. */
export function maskNumber(display: string): string {
  const first = /^\+?\d+(?=[-\s(])/.exec(display)?.[0].length ?? 0;
  const rest = display.slice(first);
  const hidden = (rest.match(/\d/g) ?? []).length - 4;
  let seen = 0;
  return display.slice(0, first) + rest.replace(/\d/g, (digit) => (++seen <= hidden ? '*' : digit));
}

export function maskedCustomer(customer: CustomerView): CustomerView {
  if (customer.phone === null) return customer;
  return { ...customer, phone: null, phoneDisplay: maskNumber(customer.phoneDisplay), phoneMasked: true };
}

export function maskedRow(row: ConversationRow): ConversationRow {
  return { ...row, customer: maskedCustomer(row.customer) };
}
