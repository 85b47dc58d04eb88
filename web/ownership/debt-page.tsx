import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { Pager, useOffset } from '#web/kit/pager.tsx';
import { refName } from '#web/kit/ref.ts';
import { useMay } from '#web/kit/session.ts';
import { SidePanel } from '#web/kit/side-panel.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import { DebtForm } from './debt-form.tsx';
import { DebtList } from './debt-list.tsx';
import styles from './ownership.module.css';
import { DEBTS_A_PAGE, type Debt, debtsQuery, teamsQuery } from './queries.ts';

const text = messages.ownership.debt;

function Filters() {
  const url = useUrl();
  const teams = useQuery(teamsQuery());
  const entity = url.one('entity');
  return (
    <div className={styles.filters}>
      <NativeSelect
        aria-label={text.filterOwner}
        value={url.one('owner') ?? ''}
        data={[
          { value: '', label: text.anyOwner },
          ...(teams.data?.teams.map((team) => ({ value: team.ref, label: team.title ?? team.name })) ?? []),
        ]}
        onChange={(event) => url.set({ owner: event.currentTarget.value, offset: undefined })}
      />
      <NativeSelect
        aria-label={text.state}
        value={url.one('state') ?? 'open'}
        data={[
          ...Object.entries(text.states).map(([value, label]) => ({ value, label })),
          { value: 'all', label: text.all },
        ]}
        onChange={(event) => url.set({ state: event.currentTarget.value, offset: undefined })}
      />
      {entity && (
        <Button onClick={() => url.set({ entity: undefined, offset: undefined })}>{refName(entity)} ×</Button>
      )}
    </div>
  );
}

/** The register: what is owed, what it costs to wait, and who pays. */
export function DebtPage() {
  const url = useUrl();
  const may = useMay('debt.write');
  const [edited, setEdited] = useState<Debt | 'new'>();
  const state = url.one('state') ?? 'open';
  const filter = {
    entity: url.one('entity'),
    owner: url.one('owner'),
    state: state === 'all' ? undefined : state,
  };
  const narrowed = Boolean(filter.entity || filter.owner || url.one('state'));
  const offset = useOffset();
  const debts = useQuery(debtsQuery({ ...filter, offset }));
  const total = debts.data?.total;
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {text.add}
    </Button>
  );
  return (
    <>
      <PageHead
        title={text.title}
        facts={
          total && (
            <span>{text.facts(total.items, text.days(total.costDays), text.days(total.interestDays))}</span>
          )
        }
        actions={may && add}
      />
      <div className={edited ? styles.split : styles.page}>
        <div>
          <Filters />
          <Load query={debts}>
            {({ items, total: { items: count } }) =>
              count === 0 ? (
                <EmptyState
                  title={narrowed ? text.none : text.empty}
                  {...(!narrowed && { hint: text.emptyHint, action: may && add })}
                />
              ) : (
                <>
                  <DebtList items={items} {...(may && { onOpen: setEdited })} />
                  <Pager offset={offset} total={count} shown={items.length} size={DEBTS_A_PAGE} />
                </>
              )
            }
          </Load>
        </div>
        {edited && (
          <SidePanel label={edited === 'new' ? text.add : text.edit} onClose={() => setEdited(undefined)}>
            <DebtForm
              key={edited === 'new' ? 'new' : edited.id}
              debt={edited === 'new' ? undefined : edited}
              entity={filter.entity}
              onDone={() => setEdited(undefined)}
            />
          </SidePanel>
        )}
      </div>
    </>
  );
}
