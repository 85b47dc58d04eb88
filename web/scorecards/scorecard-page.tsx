import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatRef } from '#model/ref.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { useMay } from '#web/kit/session.ts';
import { Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { EntitiesTab } from './entities-tab.tsx';
import { HeatMapTab } from './heat-map-tab.tsx';
import { LevelsBar } from './level.tsx';
import { Problems } from './problems.tsx';
import { type ScorecardPage as Page, scorecardQuery } from './queries.ts';
import { RulesTab } from './rules-tab.tsx';
import styles from './scorecards.module.css';
import { TrendTab } from './trend-tab.tsx';

const tabIds = ['heat-map', 'entities', 'trend', 'rules'] as const;
type TabId = (typeof tabIds)[number];

function tabContent(id: TabId, page: Page): ReactNode {
  switch (id) {
    case 'heat-map':
      return <HeatMapTab page={page} />;
    case 'entities':
      return <EntitiesTab page={page} />;
    case 'trend':
      return <TrendTab page={page} />;
    case 'rules':
      return <RulesTab page={page} />;
  }
}

function Head({ page }: { page: Page }) {
  const { card } = page;
  const mayTry = useMay('scorecard.try');
  const facts = (
    <>
      {card.owner && <PartyLink party={card.owner} />}
      {card.pack && <span>{text.pack}</span>}
      <span>
        <b>{text.things(card.entities)}</b>
      </span>
      <span>
        {text.mean} <b>{text.percent(card.percent)}</b>
      </span>
      {card.draft && (
        <span title={text.draftHint}>
          <Status tone="quiet">{text.draft}</Status>
        </span>
      )}
    </>
  );
  return (
    <PageHead
      title={card.title}
      crumbs={[{ label: text.title, to: '/scorecards' }]}
      facts={facts}
      actions={
        mayTry && (
          <ButtonLink to="/scorecards/editor" search={{ of: card.ref }}>
            {page.mayEdit ? text.edit : text.tryIt}
          </ButtonLink>
        )
      }
    />
  );
}

/** One standard: how teams and things stand against it, how that went, and what it asks for. */
export function ScorecardPage() {
  const params = useParams({ strict: false }) as { namespace?: string; name?: string };
  const { namespace = 'default', name = '' } = params;
  const url = useUrl();
  const value = tabIds.find((id) => id === url.one('tab')) ?? 'heat-map';
  const page = useQuery(scorecardQuery(formatRef({ kind: 'scorecard', namespace, name })));
  if (!page.data) {
    return (
      <>
        <PageHead title={name} crumbs={[{ label: text.title, to: '/scorecards' }]} />
        <Load query={page}>{() => null}</Load>
      </>
    );
  }
  const { card, rules } = page.data;
  return (
    <>
      <Head page={page.data} />
      <div className={styles.intro}>
        {card.description && <p className={styles.about}>{card.description}</p>}
        {card.problems.length > 0 && <Problems problems={card.problems} />}
        <LevelsBar byLevel={card.byLevel} levels={card.levels} />
      </div>
      <Tabs
        label={text.tabList}
        tabs={tabIds.map((id) => ({
          id,
          label: text.tabs[id],
          count: id === 'rules' ? rules.length : undefined,
        }))}
        value={value}
        onChange={(id) => url.set({ tab: id === 'heat-map' ? undefined : id }, { push: true })}
      >
        {tabContent(value, page.data)}
      </Tabs>
    </>
  );
}
