import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import styles from './kit.module.css';

export interface Crumb {
  label: string;
  to: string;
  search?: Record<string, string>;
}

interface Props {
  title: string;
  /** Stands before the title, as a kind's glyph does. */
  mark?: ReactNode;
  crumbs?: readonly Crumb[];
  facts?: ReactNode;
  actions?: ReactNode;
}

/** Breadcrumb, title, one line of facts, and what can be done at the right. */
export function PageHead({ title, mark, crumbs, facts, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Atrium`;
  }, [title]);
  return (
    <header className={styles.head}>
      <div className={styles.headText}>
        {crumbs && (
          <nav aria-label="Breadcrumb" className={styles.crumbs}>
            {crumbs.map((crumb) => (
              <span key={crumb.label + crumb.to}>
                <Link to={crumb.to} search={crumb.search ?? {}}>
                  {crumb.label}
                </Link>
                <span aria-hidden="true"> / </span>
              </span>
            ))}
          </nav>
        )}
        <h1 className={styles.title}>
          {mark}
          <span>{title}</span>
        </h1>
        {facts && <div className={styles.facts}>{facts}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** A titled part of a page, with a link at its right. */
export function Section({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {more && <span className={styles.more}>{more}</span>}
      </div>
      {children}
    </section>
  );
}
