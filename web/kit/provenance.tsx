import { Popover, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { placeText, sameValue, shortText, valueText } from './format.ts';
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
export function ClaimPlace({ claim, standing }: { claim: ClaimView; standing?: string }) {
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
      {standing && ` · ${standing}`}
      {claim.note && <span className={styles.note}>{claim.note}</span>}
    </span>
  );
}

const keyOf = (claim: ClaimView) =>
  `${claim.source}:${claim.location}:${claim.path}:${claim.line}:${valueText(claim.value)}`;

/** What else was claimed: those who agree are only named, those who do not say what they would have it be. */
export function OtherClaims({ chosen, others }: { chosen: ClaimView; others: readonly ClaimView[] }) {
  return (
    <ul className={styles.claims}>
      {others.map((claim) => {
        const agrees = sameValue(claim.value, chosen.value);
        return (
          <li key={keyOf(claim)}>
            {!agrees && <span className={styles.strong}>{shortText(claim.value)}</span>}
            <ClaimPlace
              claim={claim}
              standing={agrees ? messages.provenance.agrees : messages.provenance.outranked}
            />
          </li>
        );
      })}
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
          <div>
            <span className={styles.strong}>{shortText(chosen.value)}</span>
            <ClaimPlace claim={chosen} />
          </div>
          {others.length > 0 && <OtherClaims chosen={chosen} others={others} />}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
