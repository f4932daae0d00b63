import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { searchIn } from '../matching/ranking.js';
import { KeyCaps } from './key-caps.js';
import { isComposing } from './keys.js';
import { usePaletteItems } from './palette-items.js';
import styles from './palette.module.css';

const MOST = 50;

/** Everything that can be done or opened from here, by its name in any writing. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [[store, actions]] = useState(createSpotlight);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(false);
  const run = useRef<(() => void) | null>(null);
  const items = usePaletteItems();
  const find = useMemo(() => searchIn(items, { names: ({ names }) => names }), [items]);
  useEffect(() => actions.open(), [actions]);

  const closed = () => {
    onClose();
    // After the palette is gone: what it opens takes the keyboard, and must not lose it to where it was before.
    if (run.current) setTimeout(run.current);
  };
  const guard = ({ nativeEvent: { key, keyCode, isComposing: composing }, ...event }: KeyboardEvent) => {
    const press = {
      key,
      keyCode,
      isComposing: composing,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
    };
    if (isComposing(press)) event.stopPropagation();
  };
  const found = find(query, MOST);

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={closed}
      shortcut={null}
      scrollable
      maxHeight="min(420px, 60dvh)"
      attributes={{ content: { 'aria-label': t('keys.name.palette') } }}
      returnFocus={!chosen}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <div onKeyDownCapture={(event) => guard(event)} data-testid="palette">
        <Spotlight.Search
          placeholder={t('keys.ask')}
          aria-label={t('keys.ask')}
          leftSection={<IconSearch size={18} aria-hidden />}
          data-testid="palette-search"
        />
      </div>
      <Spotlight.ActionsList aria-label={t('keys.found')}>
        {found.map((item) => (
          <Spotlight.Action
            key={item.id}
            onClick={() => {
              setChosen(true);
              run.current = item.run;
            }}
            leftSection={<item.icon size={17} aria-hidden />}
            data-testid="palette-item"
            data-item={item.id}
          >
            <span className={styles.item}>
              <span className={styles.label}>{item.label}</span>
              <span className={styles.kind}>{item.kind}</span>
              {item.keys !== undefined && <KeyCaps keys={item.keys} />}
            </span>
          </Spotlight.Action>
        ))}
        {found.length === 0 && <Spotlight.Empty>{t('keys.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
      <Spotlight.Footer className={styles.foot}>{t('keys.askHint')}</Spotlight.Footer>
    </Spotlight.Root>
  );
}
