import { Search, X } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import styles from './search.module.css';
import type { Answers } from './use-answers.ts';

interface Props {
  label: string;
  value: string;
  answers: Answers;
  onChange: (words: string) => void;
  large?: boolean;
  ref?: Ref<HTMLInputElement>;
  onEscape?: () => void;
}

/** Where one types what one wants to know. */
export function SearchField({ label, value, answers, onChange, large, ref, onEscape }: Props) {
  const open = answers.items.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return answers.onKeyDown(event);
    if (value) onChange('');
    else onEscape?.();
  };
  return (
    <div className={cx(styles.field, large && styles.large)}>
      <Search size={large ? 18 : 14} aria-hidden="true" />
      <input
        ref={ref}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? answers.listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open ? answers.optionId(answers.active) : undefined}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {value ? (
        <button type="button" aria-label={messages.kit.close} onClick={() => onChange('')}>
          <X size={14} aria-hidden="true" />
        </button>
      ) : (
        <span className={styles.key} aria-hidden="true">
          /
        </span>
      )}
    </div>
  );
}
