import { ActionIcon, CloseButton, Menu } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconBookmark, IconCheck, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '#libs/contracts/index.js';
import { useAfterFirstScreen } from '../console/first-screen.js';
import { later } from '../console/later.js';
import { useConsole } from '../console/use-console.js';
import { isNarrow, placeOf, shownView, wide } from './narrowing.js';
import { savedViewsQuery } from './queries.js';
import styles from './saved-views.module.css';

const ViewsDialog = later(() => import('./views-dialog.js').then((module) => module.ViewsDialog));

/** 保存済み: filters of the list under names; what is shown now is said on the button. */
export function SavedViewsMenu() {
  const { t } = useTranslation();
  const place = useConsole();
  const late = useAfterFirstScreen();
  const { data } = useQuery({ ...savedViewsQuery(), enabled: late });
  const [editing, setEditing] = useState(false);
  const views = data ?? [];
  const shown = shownView(views, place);
  const narrow = isNarrow(place);
  const group = (of: SavedView[], label: string) =>
    of.length > 0 && (
      <>
        <Menu.Label>{label}</Menu.Label>
        {of.map((view) => (
          <Menu.Item
            key={view.id}
            onClick={() => place.choose(placeOf(view))}
            rightSection={view === shown && <IconCheck size={14} aria-hidden />}
            aria-current={view === shown ? 'true' : undefined}
            data-testid="saved-view"
          >
            {view.name}
          </Menu.Item>
        ))}
      </>
    );
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon
            aria-label={t('saved.title')}
            title={t('saved.title')}
            className={styles.button}
            data-narrow={narrow || undefined}
            data-testid="saved-views"
          >
            <IconBookmark size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown className={styles.menu}>
          {views.length === 0 && <p className={styles.none}>{t('saved.none')}</p>}
          {group(
            views.filter(({ shared }) => !shared),
            t('saved.own'),
          )}
          {group(
            views.filter(({ shared }) => shared),
            t('saved.shared'),
          )}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconAdjustmentsHorizontal size={15} aria-hidden />}
            onClick={() => setEditing(true)}
            data-testid="saved-edit"
          >
            {t('saved.edit')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editing && <ViewsDialog onClose={() => setEditing(false)} />}
    </>
  );
}

/** Says that the list is narrowed, by what, and how to see all of it again. */
export function NarrowedBar() {
  const { t } = useTranslation();
  const place = useConsole();
  const { data } = useQuery({ ...savedViewsQuery(), enabled: isNarrow(place) });
  if (!isNarrow(place)) return null;
  return (
    <div className={styles.bar} data-testid="narrowed">
      <IconFilter size={14} aria-hidden />
      <span>{shownView(data ?? [], place)?.name ?? t('saved.narrowed')}</span>
      <CloseButton
        size="sm"
        aria-label={t('saved.clear')}
        onClick={() => place.choose(wide)}
        data-testid="saved-clear"
      />
    </div>
  );
}
