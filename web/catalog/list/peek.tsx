import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { KindGlyph, kindAndType } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { entityPath, refName } from '#web/kit/ref.ts';
import { SidePanel } from '#web/kit/side-panel.tsx';
import { Load } from '#web/kit/states.tsx';
import { Time } from '#web/kit/time.tsx';
import { OwnerFact } from '../owner-fact.tsx';
import { ProblemList } from '../problem-list.tsx';
import { recordQuery } from '../queries.ts';
import { Relations } from '../relations.tsx';
import { RowState } from './columns.tsx';
import styles from './peek.module.css';

const text = messages.catalog;

function Preview({ record }: { record: GoldenRecord }) {
  const { row } = record;
  return (
    <div className={styles.peek}>
      <h2 className={styles.peekTitle}>
        <KindGlyph kind={row.kind} type={row.type} />
        <Link to={entityPath(row.ref)}>{row.title ?? refName(row.ref)}</Link>
      </h2>
      {row.description && <p>{row.description}</p>}
      <div className={styles.peekActions}>
        <ButtonLink to={entityPath(row.ref)} variant="filled">
          {text.open}
        </ButtonLink>
        <ButtonLink to="/graph" search={{ root: row.ref }}>
          {text.dependencies}
        </ButtonLink>
      </div>
      <dl className={styles.peekFacts}>
        <dt>{messages.entity.owner}</dt>
        <dd>
          <OwnerFact record={record} />
        </dd>
        <dt>{messages.entity.type}</dt>
        <dd>{kindAndType(row.kind, row.type)}</dd>
        <dt>{messages.entity.lifecycle}</dt>
        <dd>{row.lifecycle ?? messages.kit.none}</dd>
        {row.system && (
          <>
            <dt>{messages.entity.system}</dt>
            <dd>
              <EntityLink entityRef={row.system} />
            </dd>
          </>
        )}
        <dt>{text.column.state}</dt>
        <dd>
          <RowState row={row} />
        </dd>
        <dt>{messages.sources.age}</dt>
        <dd>
          <Time at={record.confirmedAt} />
        </dd>
      </dl>
      {record.problems.length > 0 && <ProblemList problems={record.problems} />}
      <Relations related={record.related} short />
    </div>
  );
}

/** A look at one thing while the list stays where it is. */
export function Peek({ entityRef, onClose }: { entityRef: string; onClose: () => void }) {
  const record = useQuery(recordQuery(entityRef));
  return (
    <SidePanel label={text.peek(refName(entityRef))} onClose={onClose}>
      <Load query={record}>{(data) => <Preview record={data} />}</Load>
    </SidePanel>
  );
}
