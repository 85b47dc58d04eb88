import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { KindGlyph } from './kind.tsx';
import styles from './kit.module.css';
import { messages } from './messages.ts';
import { refName } from './ref.ts';
import { searchQuery } from './search.ts';

const TYPING_MS = 80;

interface Props {
  label: string;
  value: string | undefined;
  onPick: (ref: string) => void;
  autoFocus?: boolean;
  /** Only of these kinds. */
  kinds?: readonly string[];
  description?: string;
}

const placeholderOf = (kinds: readonly string[] | undefined) =>
  kinds?.join() === 'User' ? messages.kit.pickPerson : messages.graph.pick;

/** Finds one thing of the catalog by its name. */
export function EntityPicker({ label, value, onPick, autoFocus, kinds, description }: Props) {
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words, TYPING_MS);
  const found = useQuery(searchQuery(asked, { kinds }));
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const items = words.trim() ? (found.data?.items ?? []) : [];
  const pick = (ref: string) => {
    onPick(ref);
    setWords('');
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} shadow="none">
      <Combobox.Target>
        <TextInput
          label={label}
          {...(description && { description })}
          {...(value && { 'data-picked': true })}
          placeholder={value ? refName(value) : placeholderOf(kinds)}
          value={words}
          {...(autoFocus && { 'data-autofocus': true })}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setWords(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={items.length === 0}>
        <Combobox.Options aria-label={label} className={styles.options ?? ''}>
          {items.map((item) => (
            <Combobox.Option key={item.ref} value={item.ref}>
              <span className={styles.option}>
                <KindGlyph kind={item.kind} type={item.type} />
                {item.title ?? refName(item.ref)}
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
