import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '#server/access/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './access.module.css';
import { agentName } from './agent.ts';
import { endSession, type OpenSession, openSessionsQuery } from './queries.ts';
import { useSignOut } from './use-leave.ts';

const text = messages.access;

function EndButton({ session }: { session: OpenSession }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => client.invalidateQueries({ queryKey: openSessionsQuery().queryKey }),
  });
  if (session.current) return <span className={styles.quiet}>{text.thisOne}</span>;
  return (
    <Button h={28} loading={ending.isPending} onClick={() => ending.mutate()}>
      {text.end}
    </Button>
  );
}

const columns: readonly Column<OpenSession>[] = [
  {
    id: 'agent',
    label: text.device,
    cell: ({ agent }) => <span title={agent ?? ''}>{agentName(agent)}</span>,
  },
  { id: 'address', label: text.address, wideOnly: true, cell: ({ address }) => address },
  { id: 'seen', label: text.lastSeen, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
  { id: 'since', label: text.since, wideOnly: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
  { id: 'end', label: text.expires, wideOnly: true, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
  {
    id: 'act',
    label: text.end,
    plain: true,
    numeric: true,
    cell: (session) => <EndButton session={session} />,
  },
];

function Sessions() {
  const sessions = useQuery(openSessionsQuery());
  const leaving = useSignOut();
  const everywhere = (
    <Button h={28} loading={leaving.isPending} onClick={() => leaving.mutate(true)}>
      {text.signOutEverywhere}
    </Button>
  );
  return (
    <Section title={text.sessions} more={everywhere}>
      <Load query={sessions} rows={2}>
        {({ sessions: items }) => (
          <DataTable label={text.sessions} columns={columns} items={items} keyOf={({ id }) => id} />
        )}
      </Load>
    </Section>
  );
}

export function AccountTab({ session }: { session: Session }) {
  const { principal, mode, viewingAs } = session;
  const isLocal = mode === 'local' && !viewingAs;
  return (
    <>
      <Section title={isLocal ? text.localName : text.signedInAs(principal.name)}>
        {isLocal && (
          <p>
            {text.localHint} <span className={styles.quiet}>{text.localMore}</span>
          </p>
        )}
        <dl className={styles.pairs}>
          {principal.email && (
            <div>
              <dt>E-mail</dt>
              <dd>{principal.email}</dd>
            </div>
          )}
          <div>
            <dt>{text.roles}</dt>
            <dd>{principal.roles.join(', ') || text.policy.none}</dd>
          </div>
          {!isLocal && (
            <div>
              <dt>{text.groups}</dt>
              <dd>
                {principal.groups.length === 0 && <span className={styles.quiet}>{text.noGroups}</span>}
                <ul className={styles.chips}>
                  {principal.groups.map((ref) => (
                    <li key={ref}>
                      <EntityLink entityRef={ref} glyph />
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          )}
        </dl>
      </Section>
      {mode === 'sign-in' && <Sessions />}
    </>
  );
}
