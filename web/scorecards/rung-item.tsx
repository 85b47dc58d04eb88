import { Button } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { placeText } from '#web/kit/format.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { ExemptionForm } from './exemption-form.tsx';
import { PendingExemption } from './exemption-item.tsx';
import { FixActions } from './fix-actions.tsx';
import styles from './ladder.module.css';
import { Owe, Owed } from './owed.tsx';
import type { Exemption, Ladder, Rung } from './queries.ts';
import { ResultMark } from './result.tsx';
import { Checks, RemedyLinks, SourceLink } from './rule-parts.tsx';

/** What the viewer may do about a rule that fails. */
export interface MayDo {
  /** Ask for an exemption. */
  ask: boolean;
  /** Take it into the register of debt. */
  owe: boolean;
}

interface Props {
  rung: Rung;
  entityRef: string;
  ladder: Ladder;
  asked: Exemption | undefined;
  may: MayDo;
}

/** What it was judged by, and where that was seen. */
function Judged({ facts }: { facts: Rung['facts'] }) {
  if (facts.length === 0) return null;
  return (
    <span className={styles.quiet}>
      {text.entity.judged}{' '}
      {facts.map(({ name, path, line }, index) => (
        <span key={`${name} ${path} ${line}`}>
          {index > 0 && ', '}
          {name} {path && <code>{placeText(path, line)}</code>}
        </span>
      ))}
    </span>
  );
}

function Why({ id, rung }: { id: string; rung: Rung }) {
  return (
    <div id={id} className={styles.why}>
      {rung.description && <p>{rung.description}</p>}
      {rung.why && <p>{rung.why}</p>}
      <p className={styles.links}>
        <SourceLink source={rung.source} />
        <RemedyLinks remedy={rung.remedy} />
      </p>
      <Checks checks={rung.checks} />
    </div>
  );
}

/** Whether there is something to mend or to be let off from. */
const isMissing = ({ result }: Rung) => result === 'fail' || result === 'unknown' || result === 'grace';

/** One rule, what it says of this thing, and what can be done about it: a line where there is nothing to do. */
export function RungItem({ rung, entityRef, ladder, asked, may }: Props) {
  const [asking, setAsking] = useState(false);
  const [open, setOpen] = useState(false);
  const id = useId();
  const missing = isMissing(rung);
  const named = <span className="visually-hidden"> {rung.title}</span>;
  return (
    <li className={styles.rung} data-missing={missing}>
      <ResultMark result={rung.result} until={rung.until} />
      <div className={styles.said}>
        <span className={styles.rungTitle}>{rung.title}</span>
        {rung.message && <span className={styles.message}>{rung.message}</span>}
        {missing && rung.remedy.text && <span className={styles.message}>{rung.remedy.text}</span>}
        <Judged facts={rung.facts} />
        <Owed entityRef={entityRef} ladder={ladder} rung={rung} />
        {asked && <PendingExemption exemption={asked} />}
      </div>
      <div className={styles.acts}>
        {missing && <FixActions rung={rung} entityRef={entityRef} />}
        {missing && may.ask && !asked && !asking && (
          <Button h={28} variant="subtle" onClick={() => setAsking(true)}>
            {text.exemption.ask}
            {named}
          </Button>
        )}
        {may.owe && <Owe entityRef={entityRef} ladder={ladder} rung={rung} />}
        <button
          type="button"
          className={styles.details}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          {text.entity.details}
          {named}
          <ChevronRight size={14} aria-hidden="true" />
        </button>
      </div>
      {asking && (
        <ExemptionForm
          entity={entityRef}
          scorecard={ladder.scorecard}
          rule={rung.id}
          title={rung.title}
          onDone={() => setAsking(false)}
        />
      )}
      {open && <Why id={id} rung={rung} />}
    </li>
  );
}
