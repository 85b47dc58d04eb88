import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { dateOf } from '#web/kit/format.ts';
import { safeHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { readRef } from '#web/kit/ref.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import styles from './ownership.module.css';
import type { Debt } from './queries.ts';

const text = messages.ownership.debt;
const tones: Record<Debt['state'], Tone> = { open: 'warn', paid: 'good', accepted: 'quiet' };

function Item({ debt, onOpen }: { debt: Debt; onOpen: ((debt: Debt) => void) | undefined }) {
  const issue = safeHref(debt.issue ?? undefined);
  return (
    <span className={styles.stack}>
      <span>
        {onOpen ? (
          <button type="button" className={styles.open} onClick={() => onOpen(debt)}>
            {debt.title}
          </button>
        ) : (
          debt.title
        )}
        {issue && (
          <a href={issue} target="_blank" rel="noreferrer" className={styles.issue} aria-label={text.issue}>
            <ExternalLink size={13} aria-hidden="true" />
          </a>
        )}
      </span>
      <span className={styles.narrow}>
        <EntityLink entityRef={debt.entity} title={debt.entityTitle} glyph />
      </span>
      <Origin debt={debt} />
    </span>
  );
}

/** What did not write it down by hand. */
function Origin({ debt: { origin, rule } }: { debt: Debt }) {
  if (origin === 'person') return null;
  if (!rule) return <span className={styles.quiet}>{text.origin[origin]}</span>;
  const { namespace, name } = readRef(rule.scorecard);
  return (
    <span className={styles.quiet}>
      <Link to={`/scorecards/${namespace}/${name}`} search={{ tab: 'rules' }}>
        {text.ofRule(name)}
      </Link>
    </span>
  );
}

function Due({ debt }: { debt: Debt }) {
  if (!debt.due) return null;
  return debt.overdue ? (
    <Status tone="bad">
      {dateOf(debt.due)}, {text.overdue}
    </Status>
  ) : (
    <time dateTime={debt.due}>{dateOf(debt.due)}</time>
  );
}

interface Props {
  items: readonly Debt[];
  /** Fewer columns, where it stands beside other things. */
  brief?: boolean;
  onOpen?: (debt: Debt) => void;
}

export function DebtList({ items, brief, onOpen }: Props) {
  const all: readonly Column<Debt>[] = [
    { id: 'item', label: text.item, cell: (debt) => <Item debt={debt} onOpen={onOpen} /> },
    {
      id: 'entity',
      label: text.entity,
      wideOnly: true,
      cell: (debt) => <EntityLink entityRef={debt.entity} title={debt.entityTitle} glyph />,
    },
    { id: 'cost', label: text.cost, numeric: true, cell: (debt) => text.days(debt.costDays) },
    {
      id: 'interest',
      label: text.interest,
      numeric: true,
      wideOnly: true,
      cell: (debt) => text.days(debt.interestDays),
    },
    {
      id: 'owner',
      label: text.owner,
      wideOnly: true,
      cell: (debt) => debt.owner && <PartyLink party={debt.owner} />,
    },
    { id: 'due', label: text.due, wideOnly: true, cell: (debt) => <Due debt={debt} /> },
    {
      id: 'state',
      label: text.state,
      wideOnly: true,
      cell: (debt) => <Status tone={tones[debt.state]}>{text.states[debt.state]}</Status>,
    },
  ];
  const columns = brief ? all.filter(({ id }) => id !== 'owner' && id !== 'state') : all;
  return <DataTable label={text.title} columns={columns} items={items} keyOf={({ id }) => id} />;
}
