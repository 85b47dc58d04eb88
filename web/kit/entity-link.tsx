import { Link } from '@tanstack/react-router';
import { KindGlyph } from './kind.tsx';
import styles from './kit.module.css';
import { entityPath, readRef, refName } from './ref.ts';

interface Props {
  entityRef: string;
  kind?: string;
  type?: string | null;
  title?: string | null;
  glyph?: boolean;
}

/** The name of an entity, leading to its page. */
export function EntityLink({ entityRef, kind, type, title, glyph }: Props) {
  return (
    <span className={styles.entityLink}>
      {glyph && <KindGlyph kind={kind ?? readRef(entityRef).kind} type={type ?? null} />}
      <Link to={entityPath(entityRef)} title={entityRef}>
        {title ?? refName(entityRef)}
      </Link>
    </span>
  );
}
