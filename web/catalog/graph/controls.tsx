import { Button, Checkbox, Popover } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { kindPlural } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { anyKind, isSoftware } from '#web/kit/software.ts';
import type { UrlState } from '#web/kit/url.ts';
import { capital } from '#web/kit/words.ts';
import { relationLabel } from '../relations.tsx';
import styles from './graph.module.css';
import { type GraphState, startsAtSoftware, withPeople } from './graph-state.ts';

const text = messages.graph;
const relationTypes = ['dependsOn', 'providesApi', 'consumesApi', 'partOf', 'ownedBy', 'childOf', 'memberOf'];
const kindNames = ['Component', 'API', 'Resource', 'System', 'Domain', 'Group', 'User'];
const depths = ['1', '2', '3', '4', '5', '6'];
const directions = ['both', 'out', 'in'] as const;

interface ChoiceProps {
  label: string;
  options: readonly string[];
  chosen: readonly string[];
  /** What holds while nothing is chosen. */
  none: string;
  labelOf: (option: string) => string;
  onChange: (chosen: string[]) => void;
}

function Choice({ label, options, chosen, none, labelOf, onChange }: ChoiceProps) {
  const toggle = (option: string) =>
    onChange(chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]);
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button rightSection={<ChevronDown size={13} aria-hidden="true" />}>
          {label}: {chosen.length === 0 ? none : chosen.length}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <div className={styles.choices}>
          {options.map((option) => (
            <Checkbox
              key={option}
              label={labelOf(option)}
              checked={chosen.includes(option)}
              onChange={() => toggle(option)}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which kinds are gone through, and whether people and teams are. */
function KindChoice({ url, state }: { url: UrlState; state: GraphState }) {
  const chosen = url.all('kinds');
  const people = state.kinds.length === 0 || state.kinds.some((kind) => !isSoftware(kind));
  return (
    <>
      <Choice
        label={text.kinds}
        options={kindNames}
        chosen={chosen.filter((kind) => kind !== anyKind)}
        none={people ? text.all : text.software}
        labelOf={(kind) => capital(kindPlural(kind))}
        onChange={(kinds) => url.set({ kinds })}
      />
      {startsAtSoftware(state.root) && (
        <Checkbox
          className={styles.people ?? ''}
          label={text.people}
          checked={people}
          onChange={(event) => url.set({ kinds: withPeople(chosen, event.currentTarget.checked) })}
        />
      )}
    </>
  );
}

/** From where, how far, which way, along what. */
export function Controls({ url, state, withRoot }: { url: UrlState; state: GraphState; withRoot: boolean }) {
  return (
    <div className={styles.controls}>
      {withRoot && (
        <EntityPicker
          label={text.root}
          value={state.root[0]}
          onPick={(ref) => url.set({ root: ref, at: undefined }, { push: true })}
        />
      )}
      <Select
        label={text.depth}
        value={String(state.depth)}
        options={depths.map((depth) => ({ value: depth, label: depth }))}
        onChange={(depth) => url.set({ depth })}
      />
      <Select
        label={text.direction}
        value={state.direction}
        options={directions.map((direction) => ({ value: direction, label: text[direction] }))}
        onChange={(direction) => url.set({ direction: direction === 'both' ? undefined : direction })}
      />
      <Choice
        label={text.relations}
        options={relationTypes}
        chosen={state.relations}
        none={text.all}
        labelOf={relationLabel}
        onChange={(relations) => url.set({ relations })}
      />
      <KindChoice url={url} state={state} />
    </div>
  );
}
