import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { useSession } from '#web/kit/session.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './ownership.module.css';
import { decideRequest, type OwnershipRequest, withdrawRequest } from './queries.ts';
import { useChange } from './use-change.ts';

const text = messages.ownership.approvals;
const tones: Record<OwnershipRequest['state'], Tone> = {
  open: 'warn',
  approved: 'good',
  declined: 'bad',
  withdrawn: 'quiet',
};

function Decide({ request }: { request: OwnershipRequest }) {
  const [reason, setReason] = useState('');
  const deciding = useChange((decision: 'approve' | 'decline') =>
    decideRequest(request.id, { decision, reason }),
  );
  return (
    <div className={styles.decide}>
      <TextInput
        aria-label={text.reason}
        placeholder={text.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button variant="filled" loading={deciding.isPending} onClick={() => deciding.mutate('approve')}>
        {text.approve}
      </Button>
      <Button disabled={deciding.isPending} onClick={() => deciding.mutate('decline')}>
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

function Withdraw({ request }: { request: OwnershipRequest }) {
  const withdrawing = useChange(() => withdrawRequest(request.id));
  return (
    <Button h={28} loading={withdrawing.isPending} onClick={() => withdrawing.mutate(undefined)}>
      {text.withdraw}
    </Button>
  );
}

function Change({ change }: { change: NonNullable<OwnershipRequest['change']> }) {
  return (
    <div className={styles.changed}>
      <Status tone={change.state === 'failed' ? 'bad' : change.state === 'opened' ? 'good' : 'quiet'}>
        {text.change}
      </Status>
      <span className={styles.quiet}>
        {change.note} {change.branch && <code>{change.branch}</code>}
      </span>
      {change.patch && (
        <details>
          <summary>{text.patch}</summary>
          <pre className={styles.patch}>{change.patch}</pre>
        </details>
      )}
    </div>
  );
}

/** Who asks for what, and who decides. @param brief on the page of the thing itself. */
export function RequestItem({ request, brief }: { request: OwnershipRequest; brief?: boolean }) {
  const me = useSession()?.principal.ref;
  const asks = request.kind === 'claim' ? text.claims : text.transfers;
  return (
    <div className={styles.request}>
      <p className={styles.requestLine}>
        <PartyLink party={request.requestedBy} />
        <span>{asks('').trim()}</span>
        {!brief && <EntityLink entityRef={request.entity} title={request.entityTitle} glyph />}
        <span>
          {request.from && request.kind === 'transfer'
            ? text.fromTo(request.from.title, request.to.title)
            : text.forTeam(request.to.title)}
        </span>
        <span className={styles.quiet}>
          <Time at={request.requestedAt} />
        </span>
        <span className={styles.end}>
          <Status tone={tones[request.state]}>{text.state[request.state]}</Status>
        </span>
      </p>
      <p className={styles.reason}>“{request.reason}”</p>
      {request.state === 'open' && (
        <>
          <p className={styles.quiet}>{text.decides(request.decidedByWhom)}</p>
          {request.mayDecide && <Decide request={request} />}
          {request.requestedBy.ref === me && <Withdraw request={request} />}
        </>
      )}
      {request.decidedBy && (
        <p className={styles.quiet}>
          {text.decides(request.decidedBy.title)} <Time at={request.decidedAt} />
          {request.decisionReason && `: “${request.decisionReason}”`}
        </p>
      )}
      {request.change && <Change change={request.change} />}
    </div>
  );
}
