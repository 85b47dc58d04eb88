import { Button, Popover, TextInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import { unownedSearch } from '#web/kit/ownable.ts';
import { anyKind, staleSearch } from '#web/kit/software.ts';
import type { UrlSearch } from '#web/kit/url.ts';
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

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    onSave(name.trim());
    setName('');
    setOpened(false);
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
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" variant="filled">
            {text.save}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Views are addresses: given ones, and those that a person keeps in this browser. */
export function Views({ search }: { search: UrlSearch }) {
  const [own, setOwn] = useLocalStorage<View[]>({
    key: 'atrium-views',
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const all = [...given, ...own];
  const known = all.some((view) => sameView(view.search, search));
  return (
    <nav className={styles.views} aria-label={text.views}>
      {all.map((view) => {
        const on = sameView(view.search, search);
        const mine = own.includes(view);
        return (
          <span key={`${view.name}-${mine}`} className={cx(styles.view, on && styles.on)}>
            <Link to="/catalog" search={view.search} aria-current={on ? 'page' : undefined}>
              {view.name}
            </Link>
            {mine && on && (
              <button
                type="button"
                aria-label={text.removeView(view.name)}
                onClick={() => setOwn(own.filter((other) => other.name !== view.name))}
              >
                <X size={13} />
              </button>
            )}
          </span>
        );
      })}
      {!known && (
        <SaveView
          onSave={(name) =>
            setOwn([...own.filter((view) => view.name !== name), { name, search: viewOf(search) }])
          }
        />
      )}
    </nav>
  );
}
