/** Numbers that a slip of the finger makes of this one: one digit another, or two neighbours swapped. The front stays. */
export function nearNumbers(phone: string): string[] {
  const near = new Set<string>();
  const first = Math.max(1, phone.length - 8);
  for (let at = first; at < phone.length; at += 1) {
    for (let digit = 0; digit <= 9; digit += 1) near.add(phone.slice(0, at) + String(digit) + phone.slice(at + 1));
    if (at + 1 < phone.length) near.add(phone.slice(0, at) + phone[at + 1]! + phone[at]! + phone.slice(at + 2));
  }
  near.delete(phone);
  return [...near];
}

/** For `like`: the text itself, whatever it holds. */
export function exactly(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

export function beginsWith(text: string): string {
  return `${exactly(text)}%`;
}
