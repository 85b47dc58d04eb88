import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Search } from 'lucide-react';
import { Fragment, type KeyboardEvent, useEffect, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { KindGlyph } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { useEntries } from './entries.ts';
import type { Entry } from './entry.ts';
import styles from './palette.module.css';

const text = messages.shell;
const TYPING_MS = 60;
const LIST = 'palette-list';
const optionId = (index: number) => `palette-option-${index}`;

function Option({
  entry,
  index,
  active,
  onRun,
  onHover,
}: {
  entry: Entry;
  index: number;
  active: boolean;
  onRun: () => void;
  onHover: () => void;
}) {
  return (
    <div
      id={optionId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={cx(styles.option, active && styles.active)}
      onMouseMove={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onRun}
      onKeyDown={(event) => event.key === 'Enter' && onRun()}
    >
      {entry.kind && <KindGlyph kind={entry.kind} type={entry.type ?? null} />}
      <span className={styles.label}>{entry.label}</span>
      {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
    </div>
  );
}

function groupsOf(entries: readonly Entry[]): [string, [Entry, number][]][] {
  const groups = new Map<string, [Entry, number][]>();
  entries.forEach((entry, index) => {
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), [entry, index]]);
  });
  return [...groups];
}

/** One list for everything: typing filters, arrows choose, Enter goes. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const [asked] = useDebouncedValue(words.trim(), TYPING_MS);
  const found = useEntries(words, asked);
  const groups = groupsOf(found);
  const entries = groups.flatMap(([, members]) => members.map(([entry]) => entry));
  const order = new Map(entries.map((entry, index) => [entry.id, index]));
  const current = Math.min(active, entries.length - 1);

  useEffect(() => {
    document.getElementById(optionId(current))?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      setActive((current + step + entries.length) % entries.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[current]);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': text.palette } }}
    >
      <div className={styles.field}>
        <Search size={16} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={LIST}
          aria-autocomplete="list"
          aria-label={text.search}
          placeholder={text.search}
          aria-activedescendant={current >= 0 ? optionId(current) : undefined}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <span className={styles.key} aria-hidden="true">
          esc
        </span>
      </div>
      <div id={LIST} role="listbox" aria-label={text.results} className={styles.list} tabIndex={-1}>
        {groups.map(([group, members]) => (
          <Fragment key={group}>
            <div className={styles.group} aria-hidden="true">
              {group}
            </div>
            {members.map(([entry]) => {
              const index = order.get(entry.id) ?? 0;
              return (
                <Option
                  key={entry.id}
                  entry={entry}
                  index={index}
                  active={index === current}
                  onRun={() => run(entry)}
                  onHover={() => setActive(index)}
                />
              );
            })}
          </Fragment>
        ))}
      </div>
    </Modal>
  );
}
