import { CloseButton, Modal } from '@mantine/core';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { KindGlyph } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { readRef, refName } from '#web/kit/ref.ts';
import type { ReviewItem } from '../queries.ts';
import styles from './review.module.css';

const text = messages.review;

interface Props {
  item: ReviewItem;
  onClose: () => void;
  onMerge: (into: string) => void;
}

/** Which known thing the found one is. */
export function MergeDialog({ item, onClose, onMerge }: Props) {
  const title = text.mergeTitle(item.row.title ?? item.row.name);
  return (
    <Modal opened onClose={onClose} withCloseButton={false} attributes={{ content: { 'aria-label': title } }}>
      <div className={styles.merge}>
        <div className={styles.mergeHead}>
          <h2>{title}</h2>
          <CloseButton aria-label={messages.kit.close} onClick={onClose} />
        </div>
        {item.mergeCandidates.length > 0 && (
          <ul>
            {item.mergeCandidates.map((candidate) => (
              <li key={candidate.ref}>
                <button type="button" onClick={() => onMerge(candidate.ref)}>
                  <KindGlyph kind={readRef(candidate.ref).kind} />
                  <b>{refName(candidate.ref)}</b>
                  <span className={styles.quiet}>{candidate.reason}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <EntityPicker label={messages.shell.searchShort} value={undefined} onPick={onMerge} autoFocus />
      </div>
    </Modal>
  );
}
