import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '#server/access/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { refName } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './access.module.css';
import { agentName } from './agent.ts';
import { allSessionsQuery, endAnySession, endSessions, type OpenSession } from './queries.ts';

const text = messages.access;
const people = ['User'];

function EndButton({ session }: { session: OpenSession }) {
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => endAnySession(session.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['all-sessions'] }),
  });
  if (session.current) return <span className={styles.quiet}>{text.thisOne}</span>;
  return (
    <Button
      h={28}
      loading={ending.isPending}
      aria-label={text.all.endOne(refName(session.person))}
      onClick={() => ending.mutate()}
    >
      {text.end}
    </Button>
  );
}

const columnsOf = (providers: Session['providers']): readonly Column<OpenSession>[] => [
  { id: 'person', label: text.person, cell: ({ person }) => <EntityLink entityRef={person} /> },
  {
    id: 'agent',
    label: text.device,
    wideOnly: true,
    cell: ({ agent }) => <span title={agent ?? ''}>{agentName(agent)}</span>,
  },
  { id: 'address', label: text.address, wideOnly: true, cell: ({ address }) => address },
  {
    id: 'provider',
    label: text.all.provider,
    wideOnly: true,
    cell: ({ provider }) => providers.find(({ id }) => id === provider)?.title ?? provider,
  },
  { id: 'since', label: text.since, wideOnly: true, cell: ({ createdAt }) => <Time at={createdAt} /> },
  { id: 'seen', label: text.lastSeen, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
  {
    id: 'act',
    label: text.end,
    plain: true,
    numeric: true,
    cell: (session) => <EndButton session={session} />,
  },
];

/** Ends many at once, after a second click. */
function EndAll({ person }: { person: string | undefined }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const ending = useMutation({
    mutationFn: () => endSessions(person ?? null),
    onSuccess: () => {
      setAsked(false);
      return client.invalidateQueries({ queryKey: ['all-sessions'] });
    },
  });
  if (!asked) {
    return (
      <Button onClick={() => setAsked(true)}>
        {person === undefined ? text.all.endAll : text.all.endAllOf(refName(person))}
      </Button>
    );
  }
  return (
    <span className={styles.sure} role="alert">
      <span>{person === undefined ? text.all.sureAll : text.all.sureOf(refName(person))}</span>
      <Button variant="filled" loading={ending.isPending} onClick={() => ending.mutate()}>
        {text.all.yes}
      </Button>
      <Button onClick={() => setAsked(false)}>{messages.kit.cancel}</Button>
      {ending.error && <Status tone="bad">{ending.error.message}</Status>}
    </span>
  );
}

/** Who is signed in, for administrators. */
export function SessionsTab({ session }: { session: Session }) {
  const url = useUrl();
  const person = url.one('who');
  const sessions = useQuery(allSessionsQuery(person));
  return (
    <Section title={text.all.title}>
      <div className={styles.filter}>
        <EntityPicker
          label={text.all.of}
          value={person}
          kinds={people}
          onPick={(ref) => url.set({ who: ref })}
        />
        {person !== undefined && (
          <Button onClick={() => url.set({ who: undefined })}>{text.all.everybody}</Button>
        )}
        <EndAll key={person ?? ''} person={person} />
      </div>
      <Load query={sessions} rows={4}>
        {({ sessions: items }) =>
          items.length === 0 ? (
            <EmptyState title={text.all.empty} />
          ) : (
            <DataTable
              label={text.all.title}
              columns={columnsOf(session.providers)}
              items={items}
              keyOf={({ id }) => id}
            />
          )
        }
      </Load>
    </Section>
  );
}
