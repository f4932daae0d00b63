import { useTranslation } from 'react-i18next';
import type { CannedScope, CannedShelf } from '#libs/contracts/index.js';

/** Who may use what stands there, in words. */
export function useShelfName(
  shelves: readonly CannedShelf[],
): (place: { scope: CannedScope; ownerId: string | null }) => string {
  const { t } = useTranslation();
  return ({ scope, ownerId }) => {
    const shelf = shelves.find((each) => each.scope === scope && each.ownerId === ownerId);
    return t(`canned.scopeOf.${scope}`, { name: shelf?.name ?? t('canned.goneQueue') });
  };
}
