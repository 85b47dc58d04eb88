import { Link } from '@tanstack/react-router';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { messages } from '#web/kit/messages.ts';
import { Provenance } from '#web/kit/provenance.tsx';
import { entityPath, refName } from '#web/kit/ref.ts';
import styles from './catalog.module.css';

/** Who owns it, and a way to see why this is believed. */
export function OwnerFact({ record }: { record: GoldenRecord }) {
  const { owner, ownerConfidence } = record.row;
  const field = record.fields.find((one) => one.field === 'spec.owner');
  if (!owner) return <span className={styles.warn}>{messages.entity.noOwner}</span>;
  return (
    <span className={styles.owner}>
      <Link to={entityPath(owner)}>{refName(owner)}</Link>
      {field && (
        <Provenance label={messages.entity.owner} chosen={field.chosen} others={field.others}>
          <span className={styles.confidence}>{messages.confidence[ownerConfidence ?? 'declared']}</span>
        </Provenance>
      )}
    </span>
  );
}
