import { Link } from '@tanstack/react-router';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { placeText, shortText } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { ClaimPlace, OtherClaims } from '#web/kit/provenance.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './entity.module.css';

const text = messages.entity;

/** Every field: who said it, where, how long ago, and what else was claimed. */
export function SourcesTab({ record }: { record: GoldenRecord }) {
  return (
    <>
      <Section title={text.readFrom}>
        <ul>
          {record.sources.map((source) => (
            <li key={`${source.source}-${source.location}-${source.path}`} className={styles.ownedRow}>
              <Link to={`/sources/${encodeURIComponent(source.source)}`} className={styles.strong}>
                {source.source}
              </Link>
              <code className={styles.hint}>{placeText(source.path) || source.location}</code>
              <span className={styles.quiet}>{messages.confidence[source.confidence]}</span>
              <span className={styles.end}>
                <Time at={source.confirmedAt} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={text.sourcesTitle}>
        <ul className={styles.fields}>
          {record.fields.map(({ field, chosen, others }) => (
            <li key={field}>
              <code className={styles.fieldName}>{field}</code>
              <div>
                <div className={styles.breakable}>{shortText(chosen.value)}</div>
                <ClaimPlace claim={chosen} />
                {others.length > 0 && (
                  <div className={styles.other}>
                    <OtherClaims chosen={chosen} others={others} />
                  </div>
                )}
              </div>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
