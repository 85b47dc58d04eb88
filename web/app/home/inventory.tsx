import { Link } from '@tanstack/react-router';
import type { Summary } from '#web/catalog/queries.ts';
import { count, counted } from '#web/kit/format.ts';
import { KindGlyph, kindPlural } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { anyKind, isSoftware } from '#web/kit/software.ts';
import { capital } from '#web/kit/words.ts';
import styles from './home.module.css';

interface Line {
  kind: string;
  type: string | null;
  count: number;
}

/** Components by their type, all other kinds as one: what people would count. Software comes first. */
export function inventoryOf(kinds: Summary['kinds']): Line[] {
  const lines = new Map<string, Line>();
  for (const one of kinds) {
    const type = one.kind === 'Component' ? one.type : null;
    const key = `${one.kind} ${type}`;
    lines.set(key, { kind: one.kind, type, count: (lines.get(key)?.count ?? 0) + one.count });
  }
  return [...lines.values()].sort(
    (a, b) => Number(isSoftware(b.kind)) - Number(isSoftware(a.kind)) || b.count - a.count,
  );
}

export function Inventory({ summary }: { summary: Summary }) {
  const more = (
    <Link to="/catalog" search={{ kind: anyKind }}>
      {counted(summary.total, 'thing')} →
    </Link>
  );
  return (
    <Section title={messages.home.inventory} more={more}>
      <ul>
        {inventoryOf(summary.kinds).map(({ kind, type, count: number }) => (
          <li key={`${kind} ${type}`}>
            <Link to="/catalog" search={{ kind, ...(type && { type }) }} className={styles.row}>
              <KindGlyph kind={kind} type={type} />
              <span>{capital(kindPlural(kind, type))}</span>
              <span className={styles.end}>{count(number)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
