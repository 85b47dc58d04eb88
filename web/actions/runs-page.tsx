import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runStates } from '#model/run-states.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { duration } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { Time } from '#web/kit/time.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './actions.module.css';
import { Leases } from './leases.tsx';
import { type RunCard, runsQuery } from './queries.ts';
import { RunState } from './run-state.tsx';

const text = messages.actions.run;
const PAGE = 50;

const columns: readonly Column<RunCard>[] = [
  {
    id: 'what',
    label: text.action,
    cell: (run) => (
      <Link to={`/runs/${run.id}`} className={styles.strong}>
        {run.templateTitle}
      </Link>
    ),
  },
  {
    id: 'state',
    label: messages.actions.lease.title,
    plain: true,
    cell: (run) => <RunState state={run.state} />,
  },
  { id: 'step', label: text.step, wideOnly: true, cell: (run) => run.step },
  {
    id: 'on',
    label: text.on,
    wideOnly: true,
    cell: (run) => run.entity && <EntityLink entityRef={run.entity} glyph />,
  },
  { id: 'by', label: text.by, wideOnly: true, cell: (run) => <PartyLink party={run.startedBy} /> },
  { id: 'when', label: text.when, cell: (run) => <Time at={run.createdAt} /> },
  {
    id: 'took',
    label: text.took,
    numeric: true,
    wideOnly: true,
    cell: (run) =>
      run.endedAt && duration(Math.max(0, (Date.parse(run.endedAt) - Date.parse(run.createdAt)) / 1000)),
  },
];

function List() {
  const url = useUrl();
  const state = url.one('state');
  const offset = Number(url.one('offset') ?? 0) || 0;
  const runs = useQuery(
    runsQuery({ state, offset, template: url.one('template'), entity: url.one('entity') }),
  );
  const move = (to: number) => url.set({ offset: to ? String(to) : undefined }, { push: true });
  return (
    <>
      <div className={styles.filters}>
        <NativeSelect
          aria-label={text.anyState}
          value={state ?? ''}
          data={[
            { value: '', label: text.anyState },
            ...runStates.map((value) => ({ value, label: text.state[value] })),
          ]}
          onChange={(event) => url.set({ state: event.currentTarget.value, offset: undefined })}
        />
      </div>
      <Load query={runs}>
        {(data) =>
          data.items.length === 0 ? (
            <EmptyState
              title={state ? text.none : text.empty}
              {...(!state && { hint: text.emptyHint })}
              action={<ButtonLink to="/actions">{text.seeActions}</ButtonLink>}
            />
          ) : (
            <>
              <DataTable label={text.title} columns={columns} items={data.items} keyOf={({ id }) => id} />
              {data.total > PAGE && (
                <div className={styles.formEnd}>
                  <Button disabled={offset === 0} onClick={() => move(Math.max(0, offset - PAGE))}>
                    {messages.review.newer}
                  </Button>
                  <Button disabled={offset + PAGE >= data.total} onClick={() => move(offset + PAGE)}>
                    {messages.review.older}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Load>
    </>
  );
}

/** What was run, by whom, and how it went; and what is on lease. */
export function RunsPage() {
  const url = useUrl();
  const value = url.one('tab') === 'leases' ? 'leases' : 'runs';
  const runs = useQuery(runsQuery({}));
  return (
    <>
      <PageHead
        title={text.title}
        facts={runs.data && <span>{text.facts(runs.data.total, runs.data.savedMinutes)}</span>}
      />
      <div className={styles.page}>
        <Tabs
          label={text.title}
          tabs={(['runs', 'leases'] as const).map((id) => ({ id, label: text.tabs[id] }))}
          value={value}
          onChange={(id) =>
            url.set({ tab: id === 'runs' ? undefined : id, state: undefined }, { push: true })
          }
        >
          {value === 'runs' ? <List /> : <Leases />}
        </Tabs>
      </div>
    </>
  );
}
