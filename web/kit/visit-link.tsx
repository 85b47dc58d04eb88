import { Link } from '@tanstack/react-router';
import { EntityLink } from './entity-link.tsx';
import { KindGlyph } from './kind.tsx';
import styles from './kit.module.css';
import type { Visit } from './recent.ts';

/** What was visited lately, leading back to it. */
export function VisitLink({ visit: { ref, kind, type, title, path } }: { visit: Visit }) {
  if (!path) return <EntityLink entityRef={ref} kind={kind} type={type} title={title} glyph />;
  return (
    <span className={styles.entityLink}>
      <KindGlyph kind={kind} />
      <Link to={path}>{title}</Link>
    </span>
  );
}
