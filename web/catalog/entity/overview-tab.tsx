import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { safeHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { isOwnable } from '#web/kit/ownable.ts';
import { Section } from '#web/kit/page-head.tsx';
import { ClaimList, ClaimPlace } from '#web/kit/provenance.tsx';
import { EmptyState } from '#web/kit/states.tsx';
import { ProblemList } from '../problem-list.tsx';
import { Relations } from '../relations.tsx';
import { DependencyPicture } from './dependency-picture.tsx';
import styles from './entity.module.css';
import { metadataOf } from './metadata.ts';
import { Owned } from './owned.tsx';

const text = messages.entity;

function Ownership({ record }: { record: GoldenRecord }) {
  const field = record.fields.find((one) => one.field === 'spec.owner');
  return (
    <Section title={text.ownership}>
      {record.row.owner && field ? (
        <>
          <p className={styles.ownerLine}>
            <EntityLink entityRef={record.row.owner} glyph />
          </p>
          <ClaimPlace claim={field.chosen} />
          {field.others.length > 0 && (
            <div className={styles.otherClaims}>
              <ClaimList outranked claims={field.others} />
            </div>
          )}
        </>
      ) : record.row.owner ? (
        <EntityLink entityRef={record.row.owner} glyph />
      ) : (
        <>
          <p className={styles.warn}>{text.noOwner}</p>
          <p className={styles.quiet}>{text.findOwner}</p>
        </>
      )}
    </Section>
  );
}

function Pairs({ title, pairs }: { title: string; pairs: Record<string, string> }) {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return null;
  return (
    <Section title={title}>
      <dl className={styles.pairs}>
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{safeHref(value) ? <a href={safeHref(value)}>{value}</a> : value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Aside({ record }: { record: GoldenRecord }) {
  const { links, tags, labels, annotations } = metadataOf(record);
  return (
    <>
      {isOwnable(record.row.kind) && <Ownership record={record} />}
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
      <Pairs title={text.labels} pairs={labels} />
      <Pairs title={text.annotations} pairs={annotations} />
    </>
  );
}

export function OverviewTab({ record }: { record: GoldenRecord }) {
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
        {isTeam && <Owned owner={record.row.ref} />}
        <DependencyPicture record={record} />
        <Section title={text.relations}>
          {related.length === 0 ? <EmptyState title={text.noRelations} /> : <Relations related={related} />}
        </Section>
      </div>
      <div>
        <Aside record={record} />
      </div>
    </div>
  );
}

function EmptyDescription() {
  return <p className={styles.aboutEmpty}>{text.noDescription}</p>;
}
