import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Row } from '#server/catalog/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { KindGlyph, kindWord } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { isOwnable } from '#web/kit/ownable.ts';
import { entityPath, refName } from '#web/kit/ref.ts';
import { Status } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import { capital, languageName } from '#web/kit/words.ts';
import styles from './list.module.css';
import type { ColumnId } from './state.ts';

const text = messages.catalog;

interface ColumnView {
  /** In pixels; the name has what the others leave. */
  width?: number;
  /** Name of the server's order, where it can sort by this. */
  sort?: string;
  numeric?: boolean;
  cell: (row: Row) => ReactNode;
}

export function OwnerCell({ row }: { row: Row }) {
  if (!row.owner)
    return isOwnable(row.kind) ? <span className={styles.warn}>{messages.kit.noOwner}</span> : null;
  return (
    <span className={styles.dimLink}>
      <Link to={entityPath(row.owner)} tabIndex={-1} title={row.owner}>
        {refName(row.owner)}
      </Link>
      {row.ownerConfidence === 'guess' && (
        <span className={styles.warn} title={text.guess}>
          ?
        </span>
      )}
    </span>
  );
}

/** The worst that is known of it, in one word. */
export function RowState({ row }: { row: Row }) {
  if (row.problems > 0) return <Status tone="bad">{text.problems(row.problems)}</Status>;
  if (row.freshness === 'orphaned') return <Status tone="bad">{messages.freshness.orphaned}</Status>;
  if (row.freshness === 'stale') return <Status tone="warn">{messages.freshness.stale}</Status>;
  if (row.review === 'unreviewed') return <Status tone="quiet">{messages.reviewState.unreviewed}</Status>;
  return <Status tone="good">{text.ok}</Status>;
}

function NameCell({ row }: { row: Row }) {
  return (
    <span className={styles.nameCell}>
      <KindGlyph kind={row.kind} type={row.type} />
      <Link to={entityPath(row.ref)} tabIndex={-1} title={row.ref} className={styles.name}>
        {row.title ?? refName(row.ref)}
      </Link>
      {row.description && <span className={styles.description}>{row.description}</span>}
    </span>
  );
}

const dim = (value: string | null) => <span className={styles.dim}>{value ?? ''}</span>;

export const columnViews: Record<ColumnId, ColumnView> = {
  name: { sort: 'name', cell: (row) => <NameCell row={row} /> },
  kind: { width: 110, sort: 'kind', cell: (row) => dim(capital(kindWord(row.kind, row.type))) },
  owner: { width: 150, sort: 'owner', cell: (row) => <OwnerCell row={row} /> },
  lifecycle: { width: 116, sort: 'lifecycle', cell: (row) => dim(row.lifecycle) },
  language: { width: 108, cell: (row) => dim(row.language && languageName(row.language)) },
  system: {
    width: 140,
    cell: (row) => row.system && <EntityLink entityRef={row.system} />,
  },
  tags: { width: 140, cell: (row) => dim(row.tags.join(', ')) },
  state: { width: 128, cell: (row) => <RowState row={row} /> },
  changedAt: {
    width: 108,
    sort: 'changedAt',
    numeric: true,
    cell: (row) => (
      <span className={styles.dim}>
        <Time at={row.changedAt} />
      </span>
    ),
  },
};
