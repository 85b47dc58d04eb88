import { Textarea } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react';
import styles from './code-field.module.css';
import { cx } from './cx.ts';
import { messages } from './messages.ts';

/** Something that may be meant where the caret stands. */
export interface Completion {
  label: string;
  detail: string;
  /** What takes the place of the text from `from` to the caret. */
  insert: string;
  from: number;
}

/** @param asked it was asked for, rather than offered while typing. */
export type Complete = (text: string, caret: number, asked: boolean) => readonly Completion[];

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  minRows?: number;
  placeholder?: string;
  complete?: Complete;
}

const SHOWN = 10;
const LINE_PX = 19;
const closing = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown']);

interface Asked {
  text: string;
  caret: number;
  asked: boolean;
  scroll: number;
}

/** Which suggestions there are, and what the keys do with them. */
function useSuggestions({ complete, onChange }: Props, field: RefObject<HTMLTextAreaElement | null>) {
  const [at, setAt] = useState<Asked>();
  const [active, setActive] = useState(0);
  const found = at && complete ? complete(at.text, at.caret, at.asked).slice(0, SHOWN) : [];
  const close = () => setAt(undefined);
  const look = (asked: boolean) => {
    const { value: text = '', selectionStart: caret = 0, scrollLeft: scroll = 0 } = field.current ?? {};
    setAt({ text, caret, asked, scroll });
    setActive(0);
  };
  const take = (completion: Completion | undefined) => {
    if (!completion || !at || !field.current) return;
    field.current.setRangeText(completion.insert, completion.from, at.caret, 'end');
    onChange(field.current.value);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey && event.key === ' ') {
      event.preventDefault();
      look(true);
    }
    if (found.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setActive((active + step + found.length) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(found[active]);
    else if (event.key === 'Escape') close();
    else {
      if (closing.has(event.key)) close();
      return;
    }
    event.preventDefault();
  };
  return { at, found, active, close, look, take, onKeyDown };
}

/** Where the text before a completion ends: letters are all as wide as `ch` here. */
function placeOf({ text, scroll }: Asked, from: number) {
  const before = text.slice(0, from).split('\n');
  const left = `calc(${before.at(-1)?.length ?? 0}ch + 11px - ${scroll}px)`;
  return { left: `max(0px, min(${left}, 100% - 260px))`, top: before.length * LINE_PX + 10 };
}

type Suggestions = ReturnType<typeof useSuggestions>;

function Suggested({ id, list }: { id: string; list: Suggestions }) {
  const { at, found, active, take } = list;
  if (!at || !found[0]) return null;
  return (
    <div
      id={id}
      role="listbox"
      aria-label={messages.kit.suggestions}
      tabIndex={-1}
      className={styles.list}
      style={placeOf(at, found[0].from)}
    >
      {found.map((completion, index) => (
        <div
          key={completion.label}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={cx(styles.option, index === active && styles.active)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(completion)}
          onKeyDown={(event) => event.key === 'Enter' && take(completion)}
        >
          <span>{completion.label}</span>
          <span className={styles.detail}>{completion.detail}</span>
        </div>
      ))}
    </div>
  );
}

/** Text that machines read: letters of one width, nothing corrected, and, where there is help, suggestions. */
export function CodeField(props: Props) {
  const { label, value, onChange, minRows = 1, placeholder, complete } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const list = useSuggestions(props, field);
  const open = list.found.length > 0;
  return (
    <div className={styles.code}>
      <Textarea
        ref={field}
        data-code
        aria-label={label}
        rows={Math.max(minRows, value.split('\n').length)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        {...(placeholder !== undefined && { placeholder })}
        {...(complete && { 'aria-autocomplete': 'list' as const })}
        {...(open && { 'aria-controls': id, 'aria-activedescendant': `${id}-${list.active}` })}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          list.look(false);
        }}
        onKeyDown={list.onKeyDown}
        onBlur={list.close}
        onClick={list.close}
      />
      <Suggested id={id} list={list} />
      {complete && (
        <span className="visually-hidden" role="status">
          {open && messages.kit.suggested(list.found.length)}
        </span>
      )}
    </div>
  );
}
