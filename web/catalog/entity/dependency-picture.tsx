import { Link } from '@tanstack/react-router';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { KindGlyph } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { entityPath, refName } from '#web/kit/ref.ts';
import styles from './entity.module.css';

const text = messages.entity;
type Related = GoldenRecord['related'][number];

const outward = new Set(['dependsOn', 'consumesApi']);
const inward = new Set(['dependencyOf', 'apiConsumedBy']);
const SHOWN = 5;
const STEP = 40;
const NODE = 32;

function unique(related: readonly Related[], relations: ReadonlySet<string>): Related[] {
  const found = [...relations].flatMap((relation) => related.filter((one) => one.relation === relation));
  return [...new Map(found.map((one) => [one.ref, one])).values()];
}

function Nodes({ all }: { all: readonly Related[] }) {
  const rest = all.length - SHOWN;
  return (
    <ul className={styles.nodes}>
      {all.slice(0, rest > 0 ? SHOWN - 1 : SHOWN).map((one) => (
        <li key={one.ref}>
          <Link to={entityPath(one.ref)} className={styles.node}>
            <KindGlyph kind={one.kind} type={one.type} />
            <span>{one.title ?? refName(one.ref)}</span>
          </Link>
        </li>
      ))}
      {rest > 0 && <li className={styles.nodeMore}>{text.more(rest + 1)}</li>}
    </ul>
  );
}

/** Curves from the middle of a side to each of its nodes. */
function Curves({ count, height, toRight }: { count: number; height: number; toRight: boolean }) {
  const shown = Math.min(count, SHOWN);
  const top = (height - (shown * STEP - (STEP - NODE))) / 2 + NODE / 2;
  const middle = height / 2;
  return (
    <svg width="88" height={height} aria-hidden="true" className={styles.curves}>
      {Array.from({ length: shown }, (_, index) => top + index * STEP).map((y) => (
        <path
          key={y}
          d={
            toRight
              ? `M0 ${middle} C 44 ${middle}, 44 ${y}, 88 ${y}`
              : `M0 ${y} C 44 ${y}, 44 ${middle}, 88 ${middle}`
          }
        />
      ))}
    </svg>
  );
}

/** What needs it at the left, what it needs at the right. */
export function DependencyPicture({ record }: { record: GoldenRecord }) {
  const needs = unique(record.related, outward);
  const needed = unique(record.related, inward);
  if (needs.length + needed.length === 0) return null;
  const { row } = record;
  const height = Math.max(1, Math.min(SHOWN, Math.max(needs.length, needed.length))) * STEP;
  const more = (
    <Link to="/graph" search={{ root: row.ref, view: 'impact' }}>
      {text.impact} →
    </Link>
  );
  return (
    <div className={styles.pictureSection}>
      <Section title={text.picture(needs.length, needed.length)} more={more}>
        <div className={styles.picture}>
          <Nodes all={needed} />
          <Curves count={needed.length} height={height} toRight={false} />
          <span className={styles.nodeSelf}>{row.title ?? row.name}</span>
          <Curves count={needs.length} height={height} toRight />
          <Nodes all={needs} />
        </div>
      </Section>
    </div>
  );
}
