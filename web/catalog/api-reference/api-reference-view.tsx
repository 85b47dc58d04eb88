import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { messages } from '#web/kit/messages.ts';
import { EmptyState, SkeletonRows } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { type ApiReference, filterGroups } from './model.ts';
import { Operation } from './operation.tsx';
import { readDefinition } from './read.ts';
import styles from './reference.module.css';

const text = messages.entity.api;

function Facts({ reference }: { reference: ApiReference }) {
  const operations = reference.groups.reduce((sum, group) => sum + group.operations.length, 0);
  return (
    <div className={styles.intro}>
      <p className={styles.facts}>
        {reference.title && <b>{reference.title}</b>} {reference.version && <span>{reference.version}</span>}
        <span>{text.operations(operations)}</span>
        {reference.servers.map((server) => (
          <code key={server}>{server}</code>
        ))}
      </p>
      {reference.description && <p className={styles.prose}>{reference.description}</p>}
    </div>
  );
}

/** Opens the operation that the address names, once it is on the page. */
function useAnchor(ready: boolean, anchor: string | undefined) {
  useEffect(() => {
    if (ready && anchor) document.getElementById(`op-${anchor}`)?.scrollIntoView();
  }, [ready, anchor]);
}

function Reference({ reference }: { reference: ApiReference }) {
  const url = useUrl();
  const words = url.one('find') ?? '';
  const open = url.one('op');
  const groups = useMemo(() => filterGroups(reference.groups, words), [reference, words]);
  useAnchor(groups.length > 0, open);
  return (
    <>
      <Facts reference={reference} />
      <TextInput
        className={styles.filter ?? ''}
        type="search"
        aria-label={text.filter}
        placeholder={text.filter}
        value={words}
        onChange={(event) => url.set({ find: event.currentTarget.value })}
      />
      {groups.length === 0 && <EmptyState title={text.nothing} />}
      {groups.map((group) => (
        <section key={group.name} className={styles.group}>
          <h2>{group.name}</h2>
          {group.description && <p className={styles.prose}>{group.description}</p>}
          {group.operations.map((operation) => (
            <Operation
              key={operation.id}
              operation={operation}
              opened={operation.id === open}
              onToggle={(opened) => url.set({ op: opened ? operation.id : undefined })}
            />
          ))}
        </section>
      ))}
    </>
  );
}

function Unreadable({ error, definition }: { error: Error; definition: string }) {
  return (
    <>
      <EmptyState title={text.unreadable} hint={`${error.message}. ${text.unreadableHint}`} />
      <pre className={styles.raw}>{definition}</pre>
    </>
  );
}

/** The API as its document describes it; all of it is shown as text, nothing as markup. */
export function ApiReferenceView({ type, definition }: { type: string; definition: string }) {
  const url = useUrl();
  const reference = useQuery({
    queryKey: ['reference', '', type, definition],
    queryFn: () => readDefinition(type, definition),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const mode = url.one('show') === 'raw' ? 'raw' : 'reference';
  const tabs = [
    { id: 'reference', label: text.reference },
    { id: 'raw', label: text.raw },
  ] as const;
  return (
    <Tabs
      small
      label={text.mode}
      tabs={tabs}
      value={mode}
      onChange={(id) => url.set({ show: id === 'raw' ? id : undefined })}
    >
      {mode === 'raw' ? (
        <pre className={styles.raw}>{definition}</pre>
      ) : reference.data ? (
        <Reference reference={reference.data} />
      ) : reference.error ? (
        <Unreadable error={reference.error} definition={definition} />
      ) : (
        <SkeletonRows />
      )}
    </Tabs>
  );
}
