import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count } from '#web/kit/format.ts';
import { LineChart } from '#web/kit/line-chart.tsx';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import { heatMapQuery, type ScorecardPage, type Trend, trendQuery } from './queries.ts';
import styles from './scorecards.module.css';
import { atLeast } from './share.ts';

const ranges = ['30', '90', '365'] as const;
const DEFAULT_RANGE = '90';

function Filters({ page, days }: { page: ScorecardPage; days: string }) {
  const url = useUrl();
  const heat = useQuery(heatMapQuery(page.card.ref, undefined));
  return (
    <div className={styles.filters}>
      <NativeSelect
        aria-label={text.trend.days}
        value={days}
        data={ranges.map((value) => ({ value, label: text.trend.range[value] }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          url.set({ days: value === DEFAULT_RANGE ? undefined : value });
        }}
      />
      <NativeSelect
        aria-label={text.list.anyTeam}
        value={url.one('owner') ?? ''}
        data={[
          { value: '', label: text.list.anyTeam },
          ...(heat.data?.rows ?? []).flatMap(({ team }) =>
            team ? [{ value: team.ref, label: team.title }] : [],
          ),
        ]}
        onChange={(event) => url.set({ owner: event.currentTarget.value })}
      />
    </div>
  );
}

/** Without the days before anything was measured. */
function measured({ days }: Trend): Trend['days'] {
  const first = days.findIndex(({ byLevel }) => Object.values(byLevel).some((number) => number > 0));
  return first < 0 ? [] : days.slice(first);
}

function Charts({ trend }: { trend: Trend }) {
  const { levels } = trend;
  const kept = measured(trend);
  if (kept.length < 2) return <EmptyState title={text.trend.young} hint={text.trend.youngHint} />;
  const days = kept.map(({ day }) => day);
  const byDay = kept.map(({ byLevel }) => atLeast(byLevel, levels));
  const lines = levels
    .map((level, index) => ({
      id: level,
      label: index === levels.length - 1 ? level : text.trend.atLeast(level),
      values: byDay.map((counts) => counts[index] ?? null),
    }))
    .reverse();
  const mean = { id: 'mean', label: text.trend.meanShort, values: kept.map(({ percent }) => percent) };
  return (
    <>
      <Section title={text.trend.levels}>
        <LineChart
          label={text.trend.levels}
          days={days}
          lines={lines}
          words={(value) => (value === null ? '–' : count(value))}
        />
      </Section>
      <Section title={text.trend.mean}>
        <LineChart label={text.trend.mean} days={days} lines={[mean]} top={100} words={text.percent} />
      </Section>
    </>
  );
}

/** How levels went, day by day. */
export function TrendTab({ page }: { page: ScorecardPage }) {
  const url = useUrl();
  const days = ranges.find((range) => range === url.one('days')) ?? DEFAULT_RANGE;
  const trend = useQuery(trendQuery(page.card.ref, { days, owner: url.one('owner') }));
  return (
    <>
      <Filters page={page} days={days} />
      <Load query={trend}>{(data) => <Charts trend={data} />}</Load>
    </>
  );
}
