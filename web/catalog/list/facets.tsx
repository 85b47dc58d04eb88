import { Check } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { count } from '#web/kit/format.ts';
import { kindWord } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { anyKind } from '#web/kit/software.ts';
import type { UrlState } from '#web/kit/url.ts';
import { capital, languageName, typeWord } from '#web/kit/words.ts';
import type { Facets } from '../queries.ts';
import styles from './facets.module.css';
import { type FacetName, facetOrder } from './state.ts';

const text = messages.catalog;
const SHOWN = 6;
const SHOWN_MORE = 60;

export function facetLabel(facet: FacetName, value: string): string {
  if (facet === 'owner') return value === 'none' ? text.facetNone.owner : refName(value);
  if (facet === 'freshness' || facet === 'review') {
    const words: Record<string, string> = facet === 'review' ? messages.reviewState : messages.freshness;
    return words[value] ?? value;
  }
  if (facet === 'kind') return capital(kindWord(value));
  if (facet === 'type') return capital(typeWord(value));
  return facet === 'language' ? languageName(value) : value;
}

interface FacetProps {
  facet: FacetName;
  values: readonly { value: string | null; count: number }[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
}

function Facet({ facet, values, chosen, onToggle }: FacetProps) {
  const [open, setOpen] = useState(false);
  const known = values.flatMap(({ value, count: number }) => {
    if (value !== null) return [{ value, number }];
    return facet === 'owner' ? [{ value: 'none', number }] : [];
  });
  const gone = chosen
    .filter((value) => !known.some((one) => one.value.toLowerCase() === value.toLowerCase()))
    .map((value) => ({ value, number: 0 }));
  const all = [...gone, ...known];
  if (all.length === 0) return null;
  const isChosen = (value: string) => chosen.some((one) => one.toLowerCase() === value.toLowerCase());
  const shown = all.filter(({ value }, index) => index < (open ? SHOWN_MORE : SHOWN) || isChosen(value));
  return (
    <fieldset className={styles.facet}>
      <legend>{text.facet[facet]}</legend>
      {shown.map(({ value, number }) => (
        <button
          type="button"
          key={value}
          aria-pressed={isChosen(value)}
          className={cx(isChosen(value) && styles.chosen)}
          onClick={() => onToggle(value)}
        >
          {isChosen(value) && <Check size={13} aria-hidden="true" />}
          <span className={styles.facetName}>{facetLabel(facet, value)}</span>
          <span className={styles.facetCount}>{count(number)}</span>
        </button>
      ))}
      {all.length > SHOWN && (
        <button
          type="button"
          className={styles.facetMore}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? text.showLess : text.showMore(all.length - SHOWN)}
        </button>
      )}
    </fieldset>
  );
}

/** The filter after a value of a facet was chosen or let go. */
export function toggled(chosen: readonly string[], value: string): string[] {
  const rest = chosen.filter((one) => one.toLowerCase() !== value.toLowerCase());
  if (rest.length < chosen.length) return rest;
  return [...chosen.filter((one) => one !== anyKind), value];
}

export function FacetList({ facets, url }: { facets: Facets['facets']; url: UrlState }) {
  return facetOrder.map((facet) => (
    <Facet
      key={facet}
      facet={facet}
      values={facets[facet] ?? []}
      chosen={url.all(facet).filter((value) => value !== anyKind)}
      onToggle={(value) => url.set({ [facet]: toggled(url.all(facet), value) }, { push: true })}
    />
  ));
}
