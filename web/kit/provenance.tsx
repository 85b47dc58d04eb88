import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { placeText, valueText } from './format.ts';
import styles from './kit.module.css';
import { messages } from './messages.ts';
import { Time } from './time.tsx';

/** One statement of one source, as the catalog's contract gives it. */
export interface ClaimView {
  value: unknown;
  source: string;
  confidence: 'declared' | 'found' | 'guess';
  location: string;
  path: string | null;
  line: number | null;
  confirmedAt: string | null;
  note: string | null;
}

/** `catalog-info.yaml:14 · read 40 s ago · a guess`. */
export function ClaimPlace({ claim, outranked }: { claim: ClaimView; outranked?: boolean }) {
  return (
    <span className={styles.place}>
      <span className={styles.breakable}>{placeText(claim.path, claim.line) || claim.source}</span>
      {claim.confirmedAt && (
        <>
          {' · '}
          <Time at={claim.confirmedAt} prefix="read" />
        </>
      )}
      {claim.confidence !== 'declared' && ` · ${messages.confidence[claim.confidence]}`}
      {outranked && ` · ${messages.provenance.outranked}`}
      {claim.note && <span className={styles.note}>{claim.note}</span>}
    </span>
  );
}

export function ClaimList({ claims, outranked }: { claims: readonly ClaimView[]; outranked?: boolean }) {
  return (
    <ul className={styles.claims}>
      {claims.map((claim) => (
        <li key={`${claim.source}:${claim.location}:${claim.line}:${valueText(claim.value)}`}>
          <span className={styles.strong}>{valueText(claim.value)}</span>
          <ClaimPlace claim={claim} outranked={outranked ?? false} />
        </li>
      ))}
    </ul>
  );
}

interface Props {
  label: string;
  chosen: ClaimView;
  others: readonly ClaimView[];
  children: ReactNode;
}

/** Why a statement is believed: a click shows who says so, where, and how long ago. */
export function Provenance({ label, chosen, others, children }: Props) {
  return (
    <Popover width={300} position="bottom-start" withRoles trapFocus={false}>
      <Popover.Target>
        <UnstyledButton className={styles.why}>
          {children}
          <span className="visually-hidden"> {messages.provenance.why(label)}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={messages.provenance.why(label)}>
        <div className={styles.claims}>
          <ClaimList claims={[chosen]} />
          <ClaimList claims={others} outranked />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
