import { Button, Checkbox, Popover } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { messages } from '#web/kit/messages.ts';
import type { UrlState } from '#web/kit/url.ts';
import { EntityPicker } from '../entity-picker.tsx';
import { relationLabel } from '../relations.tsx';
import styles from './graph.module.css';

const text = messages.graph;
const relationTypes = ['dependsOn', 'providesApi', 'consumesApi', 'partOf', 'ownedBy', 'childOf', 'memberOf'];
const kindNames = ['Component', 'API', 'Resource', 'System', 'Domain', 'Group', 'User'];
const depths = ['1', '2', '3', '4', '5', '6'];
const directions = ['both', 'out', 'in'] as const;

interface ChoiceProps {
  label: string;
  options: readonly string[];
  chosen: readonly string[];
  labelOf: (option: string) => string;
  onChange: (chosen: string[]) => void;
}

function Choice({ label, options, chosen, labelOf, onChange }: ChoiceProps) {
  const toggle = (option: string) =>
    onChange(chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]);
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button rightSection={<ChevronDown size={13} aria-hidden="true" />}>
          {label}: {chosen.length === 0 ? text.all : chosen.length}
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

export interface GraphState {
  root: readonly string[];
  depth: number;
  direction: string;
  relations: readonly string[];
  kinds: readonly string[];
}

const DEFAULT_DEPTH = 2;

export function graphState(url: UrlState): GraphState {
  return {
    root: url.all('root'),
    depth: Number(url.one('depth')) || DEFAULT_DEPTH,
    direction: url.one('direction') ?? 'both',
    relations: url.all('relations'),
    kinds: url.all('kinds'),
  };
}

/** From where, how far, which way, along what. */
export function Controls({ url, withRoot, depth }: { url: UrlState; withRoot: boolean; depth?: number }) {
  const state = graphState(url);
  return (
    <div className={styles.controls}>
      {withRoot && (
        <EntityPicker
          label={text.root}
          value={state.root[0]}
          onPick={(ref) => url.set({ root: ref, at: undefined }, { push: true })}
        />
      )}
      <label>
        {text.depth}
        <select
          value={String(depth ?? state.depth)}
          onChange={(event) => url.set({ depth: event.currentTarget.value })}
        >
          {depths.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        {text.direction}
        <select
          value={state.direction}
          onChange={(event) => url.set({ direction: event.currentTarget.value })}
        >
          {directions.map((direction) => (
            <option key={direction} value={direction}>
              {text[direction]}
            </option>
          ))}
        </select>
      </label>
      <Choice
        label={text.relations}
        options={relationTypes}
        chosen={state.relations}
        labelOf={relationLabel}
        onChange={(relations) => url.set({ relations })}
      />
      <Choice
        label={text.kinds}
        options={kindNames}
        chosen={state.kinds}
        labelOf={(kind) => kind}
        onChange={(kinds) => url.set({ kinds })}
      />
    </div>
  );
}
