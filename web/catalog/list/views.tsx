import { Popover, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { FormEnd } from '#web/kit/form-end.tsx';
import { messages } from '#web/kit/messages.ts';
import { unownedSearch } from '#web/kit/ownable.ts';
import { useSession } from '#web/kit/session.ts';
import { anyKind, staleSearch } from '#web/kit/software.ts';
import { Status } from '#web/kit/status.tsx';
import type { UrlSearch } from '#web/kit/url.ts';
import { keepView, ownViewsQuery, removeView } from '../queries.ts';
import styles from './list.module.css';
import { sameView, viewOf } from './state.ts';

const text = messages.catalog;

interface View {
  name: string;
  search: UrlSearch;
}

const given: readonly View[] = [
  { name: text.view.software, search: {} },
  { name: text.view.services, search: { kind: 'Component', type: 'service' } },
  { name: text.view.teams, search: { kind: 'Group' } },
  { name: text.view.people, search: { kind: 'User' } },
  { name: text.view.unowned, search: unownedSearch },
  { name: text.view.unreviewed, search: { kind: anyKind, review: 'unreviewed' } },
  { name: text.view.stale, search: staleSearch },
  { name: text.view.problems, search: { kind: anyKind, problems: 'true' } },
  { name: text.view.all, search: { kind: anyKind } },
];

function SaveView({ search }: { search: UrlSearch }) {
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const keeping = useMutation({
    mutationFn: keepView,
    onSuccess: async () => {
      await client.invalidateQueries(ownViewsQuery());
      setName('');
      setOpened(false);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) keeping.mutate({ name: name.trim(), search: viewOf(search) });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <button type="button" className={styles.saveView} onClick={() => setOpened(!opened)}>
          {text.saveView}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit} className={styles.saveForm}>
          <TextInput
            label={text.saveAs}
            value={name}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <FormEnd submit={text.save} busy={keeping.isPending} error={keeping.error} />
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Views are addresses: given ones, and those that a person keeps. */
export function Views({ search }: { search: UrlSearch }) {
  const client = useQueryClient();
  const mayKeep = useSession()?.signedIn ?? false;
  const own = useQuery({ ...ownViewsQuery(), enabled: mayKeep }).data?.items ?? [];
  const removing = useMutation({
    mutationFn: removeView,
    onSuccess: () => client.invalidateQueries(ownViewsQuery()),
  });
  const all: readonly View[] = [...given, ...own];
  const known = all.some((view) => sameView(view.search, search));
  return (
    <nav className={styles.views} aria-label={text.views}>
      {all.map((view) => {
        const on = sameView(view.search, search);
        const mine = !given.includes(view);
        return (
          <span key={`${view.name}-${mine}`} className={cx(styles.view, on && styles.on)}>
            <Link to="/catalog" search={view.search} aria-current={on ? 'page' : undefined}>
              {view.name}
            </Link>
            {mine && on && (
              <button
                type="button"
                aria-label={text.removeView(view.name)}
                onClick={() => removing.mutate(view.name)}
              >
                <X size={13} />
              </button>
            )}
          </span>
        );
      })}
      {!known && mayKeep && <SaveView search={search} />}
      {removing.error && <Status tone="bad">{removing.error.message}</Status>}
    </nav>
  );
}
