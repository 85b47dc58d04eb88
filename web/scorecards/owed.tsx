import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import styles from './ladder.module.css';
import { addToDebt, type Ladder, type Rung } from './queries.ts';
import { useChange } from './use-change.ts';

interface Props {
  entityRef: string;
  ladder: Ladder;
  rung: Rung;
}

/** That the register of debt has it, which ends when the rule passes. */
export function Owed({ entityRef, ladder, rung }: Props) {
  if (!ladder.debts.some(({ rule }) => rule === rung.id)) return null;
  return (
    <Link to="/debt" search={{ entity: entityRef }} className={styles.owed}>
      {text.debt.owed}
    </Link>
  );
}

/** Takes a failing rule into the register by one click. */
export function Owe({ entityRef, ladder, rung }: Props) {
  const adding = useChange(addToDebt);
  if (rung.result !== 'fail' && rung.result !== 'grace') return null;
  if (ladder.debts.some(({ rule }) => rule === rung.id)) return null;
  return (
    <>
      <Button
        h={28}
        variant="subtle"
        title={text.debt.addHint}
        loading={adding.isPending}
        onClick={() => adding.mutate({ entity: entityRef, scorecard: ladder.scorecard, rule: rung.id })}
      >
        {text.debt.add}
        <span className="visually-hidden"> {rung.title}</span>
      </Button>
      {adding.error && (
        <p role="alert" className={styles.bad}>
          {adding.error.message}
        </p>
      )}
    </>
  );
}
