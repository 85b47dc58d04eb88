import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { safeHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { EmptyState } from '#web/kit/states.tsx';
import { ProblemList } from '../problem-list.tsx';
import { Relations } from '../relations.tsx';
import { DependencyPicture } from './dependency-picture.tsx';
import styles from './entity.module.css';
import { metadataOf } from './metadata.ts';
import { Owned } from './owned.tsx';
import type { EntitySlots } from './slots.ts';

const text = messages.entity;

function Pairs({ pairs }: { pairs: Record<string, string> }) {
  return (
    <dl className={styles.pairs}>
      {Object.entries(pairs).map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{safeHref(value) ? <a href={safeHref(value)}>{value}</a> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Folded: most of them are written for machines. */
function Annotations({ pairs }: { pairs: Record<string, string> }) {
  const total = Object.keys(pairs).length;
  if (total === 0) return null;
  return (
    <details className={styles.fold}>
      <summary>
        <h2>{text.annotations}</h2>
        <span>{total}</span>
      </summary>
      <Pairs pairs={pairs} />
    </details>
  );
}

function Aside({ record, slots }: { record: GoldenRecord; slots: EntitySlots }) {
  const { links, tags, labels, annotations } = metadataOf(record);
  return (
    <>
      {slots.side?.(record)}
      {links.length > 0 && (
        <Section title={text.links}>
          <ul>
            {links.map((link) => (
              <li key={link.url} className={styles.line}>
                {safeHref(link.url) ? (
                  <a href={safeHref(link.url)} target="_blank" rel="noreferrer">
                    {link.title ?? link.url} <ExternalLink size={12} aria-hidden="true" />
                  </a>
                ) : (
                  <span>{link.title ?? link.url}</span>
                )}
                {link.type && <span className={styles.quiet}>{link.type}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {tags.length > 0 && (
        <Section title={text.tags}>
          <ul className={styles.tags}>
            {tags.map((tag) => (
              <li key={tag}>
                <Link to="/catalog" search={{ tags: tag }}>
                  {tag}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {Object.keys(labels).length > 0 && (
        <Section title={text.labels}>
          <Pairs pairs={labels} />
        </Section>
      )}
      <Annotations pairs={annotations} />
    </>
  );
}

export function OverviewTab({ record, slots }: { record: GoldenRecord; slots: EntitySlots }) {
  const { description } = metadataOf(record);
  const isTeam = record.row.kind.toLowerCase() === 'group';
  const related = isTeam ? record.related.filter((one) => one.relation !== 'ownerOf') : record.related;
  const broken = record.problems.some((problem) => problem.level === 'error');
  return (
    <div className={styles.columns}>
      <div>
        {description ? <p className={styles.about}>{description}</p> : <EmptyDescription />}
        {record.problems.length > 0 && (
          <Section title={text.problems}>
            {broken && <p className={styles.quiet}>{text.lastGood}</p>}
            <ProblemList problems={record.problems} />
          </Section>
        )}
        {slots.lead?.(record)}
        {isTeam && <Owned owner={record.row.ref} />}
        <DependencyPicture record={record} />
        <Section title={text.relations}>
          {related.length === 0 ? <EmptyState title={text.noRelations} /> : <Relations related={related} />}
        </Section>
      </div>
      <div>
        <Aside record={record} slots={slots} />
      </div>
    </div>
  );
}

function EmptyDescription() {
  return <p className={styles.aboutEmpty}>{text.noDescription}</p>;
}
