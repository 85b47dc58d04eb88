import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Columns3, ListFilter, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { messages } from '#web/kit/messages.ts';
import { anyKind } from '#web/kit/software.ts';
import type { UrlState } from '#web/kit/url.ts';
import { facetLabel, toggled } from './facets.tsx';
import styles from './list.module.css';
import { type ColumnId, cleared, columnIds, facetOrder } from './state.ts';

const text = messages.catalog;
const TYPING_MS = 150;

function WordsField({ url }: { url: UrlState }) {
  const asked = url.one('q') ?? '';
  const [value, setValue] = useState(asked);
  useEffect(() => setValue(asked), [asked]);
  const ask = useDebouncedCallback((words: string) => url.set({ q: words.trim() }), TYPING_MS);
  return (
    <TextInput
      className={styles.words ?? ''}
      aria-label={text.filterText}
      placeholder={text.filterText}
      type="search"
      value={value}
      onChange={(event) => {
        setValue(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
    />
  );
}

function ColumnChooser({
  columns,
  onChange,
}: {
  columns: readonly ColumnId[];
  onChange: (columns: ColumnId[]) => void;
}) {
  return (
    <Popover position="bottom-end" trapFocus>
      <Popover.Target>
        <Button leftSection={<Columns3 size={15} aria-hidden="true" />}>{text.columns}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.columns}>
        <div className={styles.chooser}>
          {columnIds
            .filter((id) => id !== 'name')
            .map((id) => (
              <Checkbox
                key={id}
                label={text.column[id]}
                checked={columns.includes(id)}
                onChange={() =>
                  onChange(
                    columnIds.filter((one) => (one === id ? !columns.includes(id) : columns.includes(one))),
                  )
                }
              />
            ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface Props {
  url: UrlState;
  columns: readonly ColumnId[];
  onFilters: () => void;
}

export function Toolbar({ url, columns, onFilters }: Props) {
  return (
    <div className={styles.toolbar}>
      <WordsField url={url} />
      <Button
        className={styles.filtersButton ?? ''}
        leftSection={<ListFilter size={15} aria-hidden="true" />}
        onClick={onFilters}
      >
        {text.filters}
      </Button>
      <span className={styles.toolbarEnd}>
        <ColumnChooser columns={columns} onChange={(chosen) => url.set({ columns: chosen.join(',') })} />
      </span>
    </div>
  );
}

/** The filters in force, each with a way out. */
export function Chips({ url }: { url: UrlState }) {
  const chips = facetOrder
    .flatMap((facet) => url.all(facet).map((value) => ({ facet, value })))
    .filter(({ value }) => value !== anyKind);
  const problems = url.one('problems') !== undefined;
  if (chips.length === 0 && !problems) return null;
  return (
    <div className={styles.chips}>
      {chips.map(({ facet, value }) => {
        const label = `${text.facet[facet]}: ${facetLabel(facet, value)}`;
        return (
          <button
            type="button"
            key={label}
            aria-label={text.remove(label)}
            onClick={() => url.set({ [facet]: toggled(url.all(facet), value) }, { push: true })}
          >
            <span>{label}</span>
            <X size={12} aria-hidden="true" />
          </button>
        );
      })}
      {problems && (
        <button
          type="button"
          aria-label={text.remove(text.withProblems)}
          onClick={() => url.set({ problems: undefined }, { push: true })}
        >
          <span>{text.withProblems}</span>
          <X size={12} aria-hidden="true" />
        </button>
      )}
      <button type="button" className={styles.clear} onClick={() => url.set(cleared, { push: true })}>
        {text.clear}
      </button>
    </div>
  );
}
