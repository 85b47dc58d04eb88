import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { cx } from '#web/kit/cx.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { placeText, valueText } from '#web/kit/format.ts';
import { kindAndType } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { languageName } from '#web/kit/words.ts';
import type { ReviewItem } from '../queries.ts';
import styles from './review.module.css';

const text = messages.review;

function SuggestedOwner({ item }: { item: ReviewItem }) {
  const { suggestedOwner, row } = item;
  const found = item.evidence.find((claim) => claim.field === 'spec.owner');
  if (!suggestedOwner && row.owner) {
    return (
      <>
        <EntityLink entityRef={row.owner} />{' '}
        <span className={styles.quiet}>
          {text.foundOwner} {found && (placeText(found.path, found.line) || found.source)}
        </span>
      </>
    );
  }
  if (!suggestedOwner) return <span className={styles.quiet}>{text.noSuggestion}</span>;
  return (
    <>
      <EntityLink entityRef={suggestedOwner.owner} /> <span className={styles.warn}>{text.guess}</span>{' '}
      <span className={styles.quiet}>{suggestedOwner.note ?? suggestedOwner.location}</span>
    </>
  );
}

/** Where it was read is said beside each line; these would only say it again. */
const plumbing = /^metadata\.annotations\.backstage\.io\//;

function fieldLabel(field: string): string {
  return field
    .replace(/^(metadata\.(labels|annotations)|spec|metadata)\./, '')
    .replace(/^atrium\.dev\//, '')
    .replace(/\[.*\]$/, '');
}

const ref = /^[a-z]+:[\w.-]+\/[\w.-]+$/;

function evidenceText(value: unknown): string {
  const text = valueText(value);
  return ref.test(text) ? refName(text) : text;
}

function Evidence({ item }: { item: ReviewItem }) {
  return (
    <ul className={styles.evidence}>
      {item.evidence
        .filter((claim) => !plumbing.test(claim.field))
        .map((claim) => (
          <li key={`${claim.field}-${claim.source}-${claim.location}-${claim.line}`}>
            <code className={styles.dim}>{fieldLabel(claim.field)}</code>
            <span>
              <b title={valueText(claim.value)}>{evidenceText(claim.value)}</b>{' '}
              <span className={styles.quiet}>
                {placeText(claim.path, claim.line) || claim.source}
                {claim.note && ` · ${claim.note}`}
              </span>
            </span>
          </li>
        ))}
    </ul>
  );
}

function Details({ item }: { item: ReviewItem }) {
  const clipboard = useClipboard();
  return (
    <div className={styles.details}>
      <div>
        <h2>{text.evidence}</h2>
        <Evidence item={item} />
        <h2>{text.suggested}</h2>
        <p>
          <SuggestedOwner item={item} />
        </p>
        {item.mergeCandidates.length > 0 && (
          <>
            <h2>{text.candidates}</h2>
            <ul>
              {item.mergeCandidates.map((candidate) => (
                <li key={candidate.ref}>
                  {refName(candidate.ref)} <span className={styles.quiet}>{candidate.reason}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div>
        <div className={styles.proposalHead}>
          <h2>{text.proposal}</h2>
          <Button h={26} onClick={() => clipboard.copy(item.proposal)}>
            {clipboard.copied ? text.copied : text.copy}
          </Button>
        </div>
        <pre className={styles.proposal}>{item.proposal}</pre>
      </div>
    </div>
  );
}

interface Props {
  item: ReviewItem;
  index: number;
  open: boolean;
  selected: boolean;
  onOpen: () => void;
  onSelect: () => void;
  onDecide: (decision: 'accept' | 'ignore') => void;
  onMerge: () => void;
}

export function Discovery({ item, index, open, selected, onOpen, onSelect, onDecide, onMerge }: Props) {
  const { row } = item;
  const name = row.title ?? refName(row.ref);
  return (
    <li className={cx(styles.discovery, open && styles.open)}>
      <div className={styles.line}>
        <input type="checkbox" checked={selected} onChange={onSelect} aria-label={text.select(name)} />
        <EntityLink entityRef={row.ref} kind={row.kind} type={row.type} title={row.title} glyph />
        <button
          type="button"
          id={`discovery-${index}`}
          className={styles.toggle}
          aria-expanded={open}
          onClick={onOpen}
        >
          <span className="visually-hidden">{name}: </span>
          {[kindAndType(row.kind, row.type), row.language && languageName(row.language), row.description]
            .filter(Boolean)
            .join(' · ')}
        </button>
        <span className={styles.actions}>
          <Button
            h={28}
            aria-label={`${text.accept}: ${name}`}
            onClick={() => onDecide('accept')}
            variant={open ? 'filled' : 'default'}
          >
            {text.accept}
          </Button>
          <Button h={28} aria-label={`${text.merge} ${name}`} onClick={onMerge}>
            {text.merge}
          </Button>
          <Button h={28} aria-label={`${text.ignore}: ${name}`} onClick={() => onDecide('ignore')}>
            {text.ignore}
          </Button>
        </span>
      </div>
      {open && <Details item={item} />}
    </li>
  );
}
