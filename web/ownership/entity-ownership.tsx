import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { responsibilities } from '#model/responsibilities.ts';
import { exactTime, momentOf, placeText } from '#web/kit/format.ts';
import { safeHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { PartyLink, PartyList } from '#web/kit/party.tsx';
import { entityPath, refName } from '#web/kit/ref.ts';
import { useMay } from '#web/kit/session.ts';
import { Load } from '#web/kit/states.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './ownership.module.css';
import { type EntityOwnership, entityOwnershipQuery } from './queries.ts';
import { RequestForm } from './request-form.tsx';
import { RequestItem } from './request-item.tsx';

const text = messages.ownership;
type Responsibility = EntityOwnership['owner'];

/** Why this is believed: where it is stated, or from what it is inherited. */
function How({ of }: { of: Responsibility }) {
  const place = placeText(of.path, of.line);
  if (of.how === 'inherited' && of.from) {
    return (
      <span className={styles.how} title={place}>
        {text.how.inherited('')}
        <Link to={entityPath(of.from)}>{refName(of.from)}</Link>
      </span>
    );
  }
  const said = of.how === 'stated' ? place || text.how.stated : of.how === 'owner' ? text.how.owner : '';
  return <span className={styles.how}>{said}</span>;
}

function Ask({ ask }: { ask: EntityOwnership['ask'] }) {
  const contact = safeHref(ask.contact?.url);
  return (
    <div className={styles.ask}>
      <h3>{text.ask}</h3>
      <p className={styles.askWho}>
        {ask.party ? <PartyLink party={ask.party} /> : text.nobody}
        {contact && (
          <a href={contact} className={styles.contact}>
            {ask.contact?.label}
          </a>
        )}
      </p>
      <p className={styles.how}>
        {ask.why}
        {ask.until && (
          <span title={exactTime(ask.until)}>
            {' '}
            {text.until} {momentOf(ask.until)}
          </span>
        )}
      </p>
    </div>
  );
}

function Roles({ data }: { data: EntityOwnership }) {
  return (
    <dl className={styles.roles}>
      {responsibilities.map((name) => (
        <div key={name}>
          <dt>{text.roles[name]}</dt>
          <dd>
            {data[name].holders.length === 0 ? (
              <span className={styles.quiet}>{text.how.nobody}</span>
            ) : (
              <PartyList parties={data[name].holders} />
            )}
            <How of={data[name]} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function History({ changes }: { changes: EntityOwnership['changes'] }) {
  if (changes.length === 0) return null;
  const name = (ref: string | null) => (ref ? refName(ref) : text.changes.nobody);
  return (
    <details className={styles.history}>
      <summary>{text.history}</summary>
      <ul>
        {changes.map((change) => (
          <li key={change.at}>
            {text.was(name(change.before), name(change.after))} <Time at={change.at} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Responsibilities({
  entityRef,
  title,
  data,
}: {
  entityRef: string;
  title: string;
  data: EntityOwnership;
}) {
  const [asking, setAsking] = useState(false);
  const may = useMay('ownership.request');
  const open = data.requests.filter(({ state }) => state === 'open');
  const owned = data.owner.holders.some(({ exists }) => exists);
  return (
    <>
      <Ask ask={data.ask} />
      <Roles data={data} />
      {data.debt.items > 0 && (
        <p className={styles.debtLine}>
          <Link to="/debt" search={{ entity: entityRef }}>
            {text.debt.facts(
              data.debt.items,
              text.debt.days(data.debt.costDays),
              text.debt.days(data.debt.interestDays),
            )}
          </Link>
        </p>
      )}
      {open.map((request) => (
        <RequestItem key={request.id} request={request} brief />
      ))}
      {may && open.length === 0 && !asking && (
        <Button h={28} variant={owned ? 'default' : 'filled'} onClick={() => setAsking(true)}>
          {owned ? text.transfer : text.claim}
        </Button>
      )}
      {asking && (
        <RequestForm
          entityRef={entityRef}
          title={title}
          owned={owned}
          claimableFor={data.claimableFor}
          onDone={() => setAsking(false)}
        />
      )}
      <History changes={data.changes} />
    </>
  );
}

/** Who answers for a thing, and who is to be asked now. */
export function EntityOwnershipSection({ entityRef, title }: { entityRef: string; title: string }) {
  const ownership = useQuery(entityOwnershipQuery(entityRef));
  return (
    <Section title={text.title}>
      <Load query={ownership} rows={4}>
        {(data) => <Responsibilities entityRef={entityRef} title={title} data={data} />}
      </Load>
    </Section>
  );
}
