import { useTranslation } from 'react-i18next';
import type { UsualWords } from './flow-draft.js';

export function useUsualWords(): UsualWords & { endText: string } {
  const { t } = useTranslation();
  return {
    starts: t('flows.usual.starts'),
    stopped: t('flows.usual.stopped'),
    summary: t('flows.usual.summary'),
    endText: t('flows.usual.endText'),
    wrongChoice: t('flows.usual.wrongChoice'),
    one: t('flows.usual.one'),
    two: t('flows.usual.two'),
    kind: (kind) => t(`flows.kind.${kind}`),
    ask: (label) => t('flows.usual.ask', { label }),
    wrong: (label) => t('flows.usual.wrong', { label }),
  };
}
