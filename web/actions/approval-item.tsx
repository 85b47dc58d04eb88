import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messages } from '#web/kit/messages.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { Status, type Tone } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './actions.module.css';
import { type Approval, decideApproval } from './queries.ts';

const text = messages.actions.approval;
const SHORTEST_REASON = 3;
const tones: Record<Approval['state'], Tone> = {
  open: 'warn',
  approved: 'good',
  declined: 'bad',
  expired: 'quiet',
  withdrawn: 'quiet',
};

function Decide({ approval }: { approval: Approval }) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const deciding = useMutation({
    mutationFn: (decision: 'approve' | 'decline') => decideApproval(approval.id, { decision, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
  const tooShort = reason.trim().length < SHORTEST_REASON;
  return (
    <div className={styles.decide}>
      <TextInput
        aria-label={text.reason}
        placeholder={text.reasonNeeded}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        variant="filled"
        disabled={tooShort}
        loading={deciding.isPending}
        onClick={() => deciding.mutate('approve')}
      >
        {text.approve}
      </Button>
      <Button disabled={tooShort || deciding.isPending} onClick={() => deciding.mutate('decline')}>
        {text.decline}
      </Button>
      {deciding.error && (
        <p role="alert" className={styles.bad}>
          {deciding.error.message}
        </p>
      )}
    </div>
  );
}

/** What a run waits for, and who decides. */
export function ApprovalItem({ approval }: { approval: Approval }) {
  const approved = approval.votes.filter(({ decision }) => decision === 'approve').length;
  return (
    <div className={styles.approval}>
      <p className={styles.approvalLine}>
        <PartyLink party={approval.askedBy} />
        <span>{text.asks(approval.templateTitle)}</span>
        <Link to={`/runs/${approval.run}`}>{text.seeRun}</Link>
        <span className={styles.quiet}>
          <Time at={approval.askedAt} />
        </span>
        <span className={styles.end}>
          <Status tone={tones[approval.state]}>{text.state[approval.state]}</Status>
        </span>
      </p>
      <p>{approval.summary}</p>
      <p className={styles.quiet}>
        {text.from(approval.from.map(({ title }) => title).join(', '))}
        {approval.quorum > 1 && ` · ${text.votes(approved, approval.quorum)}`}
        {approval.state === 'open' && approval.expiresAt && (
          <>
            {' · '}
            <Time at={approval.expiresAt} prefix={text.expires} />
          </>
        )}
      </p>
      {approval.votes.map((vote) => (
        <p key={vote.by.ref + vote.at} className={styles.quiet}>
          {vote.by.title}: {vote.decision === 'approve' ? text.state.approved : text.state.declined}, “
          {vote.reason}”
        </p>
      ))}
      {approval.mayDecide && <Decide approval={approval} />}
    </div>
  );
}
