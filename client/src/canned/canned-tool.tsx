import { IconBlockquote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ToolButton, type ToolProps } from '../conversations/composer/tool-button.js';

/** For fingers, and for whoever does not know the sign yet: types it. */
export function CannedTool({ writing }: ToolProps) {
  const { t } = useTranslation();
  const open = () => {
    writing.focus();
    const field = document.activeElement;
    const at = field instanceof HTMLTextAreaElement ? field.selectionStart : writing.text.length;
    const before = writing.text[at - 1];
    writing.insert(before === undefined || /\s/.test(before) ? '/' : '\n/');
  };
  return (
    <ToolButton label={t('canned.caret.tool')} onClick={open} testId="canned-tool">
      <IconBlockquote size={18} aria-hidden />
    </ToolButton>
  );
}
