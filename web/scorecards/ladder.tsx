import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Status } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import { capital } from '#web/kit/words.ts';
import { Badge } from './badge.tsx';
import { FixActions } from './fix-actions.tsx';
import styles from './ladder.module.css';
import { LevelMark } from './level.tsx';
import { type Exemption, type Ladder, type Rung, scorecardPath } from './queries.ts';
import { ResultMark } from './result.tsx';
import { type MayDo, RungItem } from './rung-item.tsx';

interface Props {
  entityRef: string;
  ladder: Ladder;
  /** Exemptions from its rules that nobody has decided on. */
  asked: readonly Exemption[];
  may: MayDo;
}

/** Rules of a level that apply to this thing, and how many of them hold or need not. */
function progress(ladder: Ladder, level: string): { of: number; passing: number } {
  const rungs = ladder.rungs.filter((rung) => rung.level === level && rung.result !== 'not-applicable');
  const missing = rungs.filter(({ result }) => result === 'fail' || result === 'unknown');
  return { of: rungs.length, passing: rungs.length - missing.length };
}

function Steps({ ladder }: { ladder: Ladder }) {
  const reached = ladder.level === null ? -1 : ladder.levels.indexOf(ladder.level);
  return (
    <ol className={styles.steps} aria-label={text.entity.steps}>
      {ladder.levels.map((level, index) => {
        const { of, passing } = progress(ladder, level);
        const state = index <= reached ? 'reached' : level === ladder.nextLevel ? 'next' : 'ahead';
        return (
          <li key={level} data-state={state}>
            {capital(level)} {of > 0 && text.entity.passing(passing, of)}
            {state === 'reached' && <span className="visually-hidden">, {text.entity.reached}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function Head({ ladder }: { ladder: Ladder }) {
  const left = ladder.rungs.filter(
    ({ level, result }) => level === ladder.nextLevel && (result === 'fail' || result === 'unknown'),
  ).length;
  return (
    <div className={styles.head}>
      <b>
        <LevelMark level={ladder.level} levels={ladder.levels} />
      </b>
      {ladder.since && (
        <span>
          {text.entity.since} <Time at={ladder.since} />
        </span>
      )}
      <span>
        {text.mean} <b>{text.percent(ladder.percent)}</b>
      </span>
      <span>{ladder.nextLevel ? text.entity.next(left, capital(ladder.nextLevel)) : text.entity.top}</span>
      <Steps ladder={ladder} />
    </div>
  );
}

/** What gives most for its effort, before everything else. */
function BestFix({ ladder, entityRef }: { ladder: Ladder; entityRef: string }) {
  const [first, ...others] = ladder.next.flatMap((id): Rung[] =>
    ladder.rungs.filter((rung) => rung.id === id),
  );
  if (!first) return null;
  return (
    <div className={styles.best}>
      <h3>{text.entity.best}</h3>
      <div className={styles.bestLine}>
        <div>
          <p className={styles.bestTitle}>{first.title}</p>
          {first.message && <p className={styles.message}>{first.message}</p>}
          {first.remedy.text && <p>{first.remedy.text}</p>}
          {first.why && <p className={styles.message}>{first.why}</p>}
          <p className={styles.quiet}>
            {[
              capital(first.level),
              text.rule.effort[first.effort],
              others.length > 0 && text.entity.moreFixes(others.length),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <ResultMark result={first.result} until={first.until} />
        <FixActions rung={first} entityRef={entityRef} main />
      </div>
    </div>
  );
}

/** The rules of a level: folded where nothing is left to do, and not under the eyes of whoever saw it mended. */
function LevelRungs({ level, entityRef, ladder, asked, may }: Props & { level: string }) {
  const rungs = ladder.rungs.filter((rung) => rung.level === level);
  const { of, passing } = progress(ladder, level);
  const [isOpen] = useState(passing < of);
  if (rungs.length === 0) return null;
  return (
    <details className={styles.group} open={isOpen}>
      <summary>
        <h3>{capital(level)}</h3> <span>{text.entity.passing(passing, of)}</span>
      </summary>
      <ul>
        {rungs.map((rung) => (
          <RungItem
            key={rung.id}
            rung={rung}
            entityRef={entityRef}
            ladder={ladder}
            asked={asked.find(({ rule }) => rule === rung.id)}
            may={may}
          />
        ))}
      </ul>
    </details>
  );
}

/** One standard on the page of a thing. */
export function LadderSection({ entityRef, ladder, asked, may }: Props) {
  return (
    <Section
      title={ladder.title}
      more={
        <>
          {ladder.draft && (
            <span title={text.draftHint}>
              <Status tone="quiet">{text.draft}</Status>{' '}
            </span>
          )}
          <Link to={scorecardPath(ladder.scorecard)}>{text.scorecard} →</Link>
        </>
      }
    >
      <Head ladder={ladder} />
      <BestFix ladder={ladder} entityRef={entityRef} />
      {ladder.levels.map((level) => (
        <LevelRungs key={level} level={level} {...{ entityRef, ladder, asked, may }} />
      ))}
      <Badge entityRef={entityRef} ladder={ladder} />
    </Section>
  );
}
