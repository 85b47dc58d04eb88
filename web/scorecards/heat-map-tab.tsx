import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { AsOf, useAt } from './as-of.tsx';
import styles from './heat-map.module.css';
import { HeatMapTable } from './heat-map-table.tsx';
import { type HeatMap, heatMapQuery, type ScorecardPage } from './queries.ts';

/** More rows than that are drawn when they are asked for. */
const SHOWN = 100;

function Legend() {
  return (
    <p className={styles.legend}>
      <span>{text.heat.legend}</span>
      {text.heat.legendSteps.map((step, shade) => (
        <span key={step} className={styles.legendStep}>
          <i data-shade={shade} aria-hidden="true" />
          {step}
        </span>
      ))}
    </p>
  );
}

function Teams({ data }: { data: HeatMap }) {
  const at = useAt();
  const [all, setAll] = useState(false);
  if (data.rows.length === 0) {
    return at ? (
      <EmptyState title={text.heat.emptyAt} hint={text.heat.emptyAtHint} />
    ) : (
      <EmptyState title={text.heat.empty} hint={text.heat.emptyHint} />
    );
  }
  const rows = all ? data.rows : data.rows.slice(0, SHOWN);
  return (
    <>
      <HeatMapTable rules={data.rules} rows={rows} at={at} />
      {rows.length < data.rows.length && (
        <Button onClick={() => setAll(true)}>{text.heat.more(data.rows.length)}</Button>
      )}
      <Legend />
    </>
  );
}

/** Which rules hold in which teams, now or at the end of a day. */
export function HeatMapTab({ page }: { page: ScorecardPage }) {
  const heat = useQuery(heatMapQuery(page.card.ref, useAt()));
  return (
    <>
      <AsOf />
      <Load query={heat}>{(data) => <Teams data={data} />}</Load>
    </>
  );
}
