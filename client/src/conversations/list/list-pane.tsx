import { UnstyledButton } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBotsAnswer } from '../../bots/bots-answer.js';
import { ChoiceMenu } from '../../console/choice-menu.js';
import { useAfterFirstScreen } from '../../console/first-screen.js';
import { SearchPane } from '../../finding/search-pane.js';
import { NarrowedBar, SavedViewsMenu } from '../../finding/saved-views-menu.js';
import { isNarrow, wide } from '../../finding/narrowing.js';
import { useFinding } from '../../finding/use-finding.js';
import { orders, views } from '../../console/search.js';
import { useConsole } from '../../console/use-console.js';
import { useSession } from '../../session/session.js';
import { useTeam } from '../../queues/queries.js';
import { countsQuery, rulesOf } from '../queries.js';
import { ConversationList, ListFailed, ListSkeleton } from './conversation-list.js';
import { StartConversation } from './start-conversation.js';
import styles from './list-pane.module.css';

/** Counts stop here; nobody acts differently on 1,000 and 1,200. */
const MOST = 999;

export function ListPane() {
  const { t } = useTranslation();
  const { agent } = useSession();
  const place = useConsole();
  const { view, order, account, choose } = place;
  const { inQueue, of, unanswered, labelled, only } = place;
  const { team, failed, busy, retry } = useTeam();
  const searching = useFinding().finding.q !== undefined;
  const rules = useMemo(
    () => rulesOf({ view, order, account, inQueue, of, unanswered, labelled, only }, agent.id, team),
    [view, order, account, inQueue, of, unanswered, labelled, only, agent.id, team],
  );
  return (
    <section className={styles.pane} aria-label={t('list.label')}>
      <SearchPane />
      {/* It keeps its place below what is found, for whoever comes back to it. */}
      <div className={styles.under} inert={searching}>
        <Views />
        <div>
          <div className={styles.tools}>
            <ChoiceMenu
              position="bottom-start"
              width={190}
              value={order}
              onChoose={(each) => choose({ order: each })}
              choices={orders.map((each) => ({ value: each, label: t(`order.${each}`), testId: `order-${each}` }))}
            >
              <UnstyledButton className={styles.order} data-testid="order">
                <IconArrowsSort size={14} aria-hidden />
                <span className="visually-hidden">{t('order.label')}</span>
                {t(`order.${order}`)}
              </UnstyledButton>
            </ChoiceMenu>
            <span className={styles.right}>
              <SavedViewsMenu />
              <StartConversation />
            </span>
          </div>
          <NarrowedBar />
        </div>
        {view !== 'queue' || team !== undefined ? (
          <ConversationList key={JSON.stringify(rules)} rules={rules} />
        ) : failed ? (
          <ListFailed busy={busy} onRetry={retry} />
        ) : (
          <ListSkeleton />
        )}
      </div>
    </section>
  );
}

/** Drawn anew with every count, and nothing around it. */
function Views() {
  const { t } = useTranslation();
  const place = useConsole();
  // Four queries on the server: after the rows, not beside them.
  const counts = useQuery({ ...countsQuery(), enabled: useAfterFirstScreen() });
  // Where no bot answers, nobody is to wonder what that would be.
  const bots = useBotsAnswer(counts.data) || place.view === 'bot';
  const shown = views.filter((each) => each !== 'bot' || bots);
  return (
    <nav className={styles.views} data-many={bots || undefined} aria-label={t('views.label')}>
      {shown.map((each) => {
        const count = counts.data?.[each];
        return (
          <UnstyledButton
            key={each}
            className={styles.view}
            aria-current={each === place.view && !isNarrow(place) ? 'page' : undefined}
            onClick={() => place.choose({ view: each, ...wide })}
            data-testid={`view-${each}`}
          >
            {t(`views.${each}`)}
            <span className={styles.count} data-testid={`count-${each}`}>
              {count == null ? '' : count > MOST ? `${MOST}+` : count}
            </span>
          </UnstyledButton>
        );
      })}
    </nav>
  );
}
