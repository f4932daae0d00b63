import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { partsOf, type RuleName } from './rules-draft.js';
import styles from './queue-editor.module.css';

interface Props {
  theirs: RuleName[];
  mine: RuleName[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** A colleague saved first. Neither is overwritten unseen: one decides, and then saves. */
export function ColleagueBanner({ theirs, mine, onKeepMine, onTakeTheirs }: Props) {
  const { t } = useTranslation();
  const named = (rules: RuleName[]) =>
    partsOf(rules)
      .map((part) => t(`queues.part.${part}`))
      .join(t('queues.list.comma'));
  const both = theirs.filter((name) => mine.includes(name));
  return (
    <div className={styles.banner} role="alert" data-testid="colleague">
      <p>
        {t('queues.edit.colleague', { parts: named(theirs) })}
        {both.length > 0 && ` ${t('queues.edit.colleagueSame', { parts: named(both) })}`}
      </p>
      <Group gap="xs">
        <Button size="xs" onClick={onKeepMine} data-testid="keep-mine">
          {t('queues.edit.keepMine')}
        </Button>
        <Button size="xs" variant="default" onClick={onTakeTheirs} data-testid="take-theirs">
          {t('queues.edit.takeTheirs')}
        </Button>
      </Group>
    </div>
  );
}
