import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { messages } from '#web/kit/messages.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status, type Tone } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './actions.module.css';
import { endLease, extendLease, type Lease, leasesQuery } from './queries.ts';

const text = messages.actions.lease;
const DAY_HOURS = 24;
const tones: Record<Lease['state'], Tone> = { live: 'good', ending: 'warn', ended: 'quiet', failed: 'bad' };

function Act({ lease }: { lease: Lease }) {
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: (how: 'extend' | 'end') =>
      how === 'extend' ? extendLease(lease.id, DAY_HOURS) : endLease(lease.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ['leases'] }),
  });
  if (lease.state !== 'live') return null;
  return (
    <span className={styles.leaseActs}>
      {changing.error && <span className={styles.bad}>{changing.error.message}</span>}
      {lease.mayExtend && (
        <Button h={28} loading={changing.isPending} onClick={() => changing.mutate('extend')}>
          {text.extend}
        </Button>
      )}
      <Button h={28} disabled={changing.isPending} onClick={() => changing.mutate('end')}>
        {text.end}
      </Button>
    </span>
  );
}

const columns: readonly Column<Lease>[] = [
  {
    id: 'what',
    label: text.what,
    cell: (lease) => (
      <Link to={`/runs/${lease.run}`} className={styles.strong}>
        {lease.title}
      </Link>
    ),
  },
  { id: 'owner', label: text.owner, wideOnly: true, cell: (lease) => <PartyLink party={lease.owner} /> },
  { id: 'ends', label: text.ends, cell: (lease) => <Time at={lease.expiresAt} /> },
  {
    id: 'state',
    label: text.title,
    plain: true,
    cell: (lease) => (
      <span title={lease.error ?? ''}>
        <Status tone={tones[lease.state]}>{text.state[lease.state]}</Status>
      </span>
    ),
  },
  { id: 'act', label: text.end, plain: true, numeric: true, cell: (lease) => <Act lease={lease} /> },
];

/** What was made for a time, and when it goes. */
export function Leases() {
  const leases = useQuery(leasesQuery());
  return (
    <Load query={leases}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={text.empty} hint={text.emptyHint} />
        ) : (
          <DataTable label={text.title} columns={columns} items={items} keyOf={({ id }) => id} />
        )
      }
    </Load>
  );
}
