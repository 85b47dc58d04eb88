import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dateOf } from '#web/kit/format.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { mineFirst } from '#web/kit/mine-first.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { Status, type Tone } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import { ScoredLink } from './changes.tsx';
import ladder from './ladder.module.css';
import { decideExemption, type Exemption, scorecardPath, withdrawExemption } from './queries.ts';
import styles from './scorecards.module.css';
import { useChange } from './use-change.ts';

const text = scorecardMessages.exemption;
const tones: Record<Exemption['state'], Tone> = {
  asked: 'warn',
  granted: 'good',
  refused: 'bad',
  expired: 'quiet',
  withdrawn: 'quiet',
};

function Withdraw({ exemption }: { exemption: Exemption }) {
  const withdrawing = useChange(() => withdrawExemption(exemption.id));
  return (
    <>
      <Button h={28} loading={withdrawing.isPending} onClick={() => withdrawing.mutate(undefined)}>
        {text.withdraw}
      </Button>
      {withdrawing.error && (
        <span role="alert" className={styles.bad}>
          {withdrawing.error.message}
        </span>
      )}
    </>
  );
}

function Decide({ exemption }: { exemption: Exemption }) {
  const [reason, setReason] = useState('');
  const deciding = useChange((decision: 'grant' | 'refuse') =>
    decideExemption(exemption.id, { decision, reason }),
  );
  return (
    <div className={styles.decide}>
      <TextInput
        aria-label={text.decisionReason}
        placeholder={text.decisionReason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button variant="filled" loading={deciding.isPending} onClick={() => deciding.mutate('grant')}>
        {text.grant}
      </Button>
      <Button disabled={deciding.isPending} onClick={() => deciding.mutate('refuse')}>
        {text.refuse}
      </Button>
      {deciding.error && (
        <p role="alert" className={styles.bad}>
          {deciding.error.message}
        </p>
      )}
    </div>
  );
}

/** Beside its rule: that somebody has asked, and the way back. */
export function PendingExemption({ exemption }: { exemption: Exemption }) {
  return (
    <p className={ladder.pending}>
      <Status tone="warn">{text.asked}</Status>
      <span className={ladder.quiet}>
        {exemption.askedBy.title}, {text.until.toLowerCase()} {dateOf(exemption.until)}
      </span>
      {exemption.mayDecide && <Link to="/scorecards/exemptions">{text.grant}…</Link>}
      {exemption.mayWithdraw && <Withdraw exemption={exemption} />}
    </p>
  );
}

/** Who asks to be let off from what, for how long and why; and what became of it. */
export function ExemptionItem({ exemption }: { exemption: Exemption }) {
  return (
    <div className={styles.exemption}>
      <p className={styles.exemptionLine}>
        <ScoredLink entityRef={exemption.entity} title={exemption.entityTitle} />
        <Link to={scorecardPath(exemption.scorecard)} search={{ tab: 'rules' }}>
          {text.line(exemption.ruleTitle, exemption.scorecardTitle)}
        </Link>
        <span>
          {text.until.toLowerCase()} {dateOf(exemption.until)}
        </span>
        <span className={styles.end}>
          <Status tone={tones[exemption.state]}>{text.state[exemption.state]}</Status>
        </span>
      </p>
      <p className={styles.reason}>“{exemption.reason}”</p>
      <p className={styles.exemptionLine}>
        <PartyLink party={exemption.askedBy} />
        <span className={styles.quiet}>
          <Time at={exemption.askedAt} />
        </span>
        {exemption.decidedBy && (
          <span className={styles.quiet}>
            {text.by(exemption.decidedBy.title)} <Time at={exemption.decidedAt} />
            {exemption.decisionReason && `: “${exemption.decisionReason}”`}
          </span>
        )}
        {exemption.mayWithdraw && <Withdraw exemption={exemption} />}
      </p>
      {exemption.mayDecide && exemption.state === 'asked' && <Decide exemption={exemption} />}
    </div>
  );
}

/** Those that wait for whoever looks come first. */
export function ExemptionList({ items }: { items: readonly Exemption[] }) {
  return (
    <ul className={styles.list}>
      {mineFirst(items).map((exemption) => (
        <li key={exemption.id}>
          <ExemptionItem exemption={exemption} />
        </li>
      ))}
    </ul>
  );
}
