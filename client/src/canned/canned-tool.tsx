import { IconBlockquote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToolButton, type ToolProps } from '../conversations/composer/tool-button.js';

/** For fingers, and for whoever does not know the sign yet: types it. */
export function CannedTool({ hands }: ToolProps) {
  const { t } = useTranslation();
  const open = () => {
    hands.focus();
    const field = document.activeElement;
    const words = hands.words();
    const at = field instanceof HTMLTextAreaElement ? field.selectionStart : words.length;
    const before = words[at - 1];
    hands.insert(before === undefined || /\s/.test(before) ? '/' : '\n/');
  };
  return (
    <ToolButton label={t('canned.caret.tool')} onClick={open} testId="canned-tool">
      <IconBlockquote size={18} aria-hidden />
    </ToolButton>
  );
}
