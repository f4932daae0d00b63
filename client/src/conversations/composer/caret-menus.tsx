import { useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { cannedMenu } from '../../canned/caret-choices.js';
import { isComposing } from '../../console/keys.js';
import { drafts } from '../../desk.js';
import { mentionMenu } from '../../writing/mention-menu.js';
import type { CaretItem, CaretMenu, OpenMenu } from './caret-menu.js';
import { CaretList } from './caret-list.js';
import { caretPoint } from './caret-point.js';
import { calledAt } from './caret-sign.js';
import { pressOf } from './press-of.js';
import type { Tab, Writing } from './writing.js';

/** Each opens where its sign is typed. */
const menus: readonly CaretMenu[] = [cannedMenu, mentionMenu];

/**
 * The menus at the cursor and their keys: arrows, Enter or Tab, Esc; the cursor never leaves the field. While an input method
 * composes nothing opens and no key acts; what is open already follows the words.
 */
export function useCaretMenus(writing: Writing, field: RefObject<HTMLTextAreaElement | null>) {
  const id = useId();
  const [open, setOpen] = useState<OpenMenu | null>(null);
  const [active, setActive] = useState(0);
  const items = useRef<readonly CaretItem[]>([]);
  const composing = useRef(false);
  /** Closed by Esc: stays closed until another sign is typed. */
  const dismissed = useRef<number | null>(null);

  const close = () => {
    setOpen(null);
    items.current = [];
  };
  /** @param typed false: the cursor only moved, which opens nothing */
  const look = (typed: boolean) => {
    const element = field.current;
    if (!element) return;
    const caret = element.selectionStart;
    const found = element.selectionEnd === caret ? find(element.value, caret, writing.tab) : null;
    if (found === null) {
      dismissed.current = null;
      if (open) close();
      return;
    }
    const known = open?.menu === found.menu && open.stretch.from === found.stretch.from;
    if (dismissed.current === found.stretch.from || (!known && (!typed || composing.current))) return;
    if (known && open.query === found.query) return;
    setActive(0);
    setOpen({ ...found, point: known ? open.point : caretPoint(element, found.stretch.from) });
  };
  const pick = (item: CaretItem | undefined) => {
    if (!open || !item) return;
    const caret = field.current?.selectionStart ?? open.stretch.to;
    close();
    item.pick({ from: open.stretch.from, to: Math.max(caret, open.stretch.from + 1) });
  };
  /** True when the key was the menu's. */
  const press = (event: KeyboardEvent): boolean => {
    if (!open || isComposing(pressOf(event))) return false;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || shiftKey) return false;
    const count = items.current.length;
    if (key === 'Escape') {
      dismissed.current = open.stretch.from;
      close();
    } else if (count === 0) return false;
    else if (key === 'ArrowDown') setActive((active + 1) % count);
    else if (key === 'ArrowUp') setActive((active + count - 1) % count);
    else if (key === 'Enter' || key === 'Tab') pick(items.current[Math.min(active, count - 1)]);
    else return false;
    event.preventDefault();
    return true;
  };

  return {
    press,
    close,
    typed: () => look(true),
    /** For the field: its menu, and what of it is pointed at. */
    fieldProps: {
      onSelect: () => look(false),
      onCompositionStart: () => {
        composing.current = true;
        drafts.compose(writing.conversationId);
      },
      onCompositionEnd: () => {
        composing.current = false;
        drafts.compose(null);
        look(true);
      },
      ...(menus.some(({ tabs }) => tabs.includes(writing.tab)) && {
        'aria-autocomplete': 'list' as const,
        'aria-haspopup': 'listbox' as const,
      }),
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open ? `${id}-${active}` : undefined,
    },
    list: open && (
      <CaretList
        key={`${open.menu.name} ${open.stretch.from}`}
        id={id}
        open={open}
        writing={writing}
        active={active}
        onPoint={setActive}
        onPick={pick}
        items={items}
      />
    ),
  };
}

function find(text: string, caret: number, tab: Tab): Omit<OpenMenu, 'point'> | null {
  for (const menu of menus) {
    const called = menu.tabs.includes(tab) ? calledAt(text, caret, menu.sign) : null;
    if (called) return { menu, ...called };
  }
  return null;
}
