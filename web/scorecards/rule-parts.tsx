import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { isPortalPath, openHref } from '#web/kit/href.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { refName } from '#web/kit/ref.ts';
import { templatePath } from '#web/kit/template-link.ts';
import type { Rung } from './queries.ts';
import styles from './rules.module.css';

/** An address that a descriptor gives; one that no link may open is only shown. */
export function Outside({ address, children }: { address: string; children: ReactNode }) {
  const href = openHref(address);
  if (!href) return <code>{address}</code>;
  if (isPortalPath(href)) return <a href={href}>{children}</a>;
  return (
    <a href={href} target="_blank" rel="noreferrer" className={styles.outside}>
      {children} <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}

export function SourceLink({ source }: { source: string | null }) {
  if (!source) return null;
  return (
    <span>
      <Outside address={source}>{text.rule.source}</Outside>
    </span>
  );
}

/** What the author says would mend it: in words, and every way that leads there. */
export function RemedyLinks({ remedy }: { remedy: Rung['remedy'] }) {
  return (
    <>
      {remedy.text && <span>{remedy.text}</span>}
      {remedy.template && (
        <span>
          {text.rule.action} <Link to={templatePath(remedy.template)}>{refName(remedy.template)}</Link>
        </span>
      )}
      {remedy.url && (
        <span>
          <Outside address={remedy.url}>{text.rule.remedy}</Outside>
        </span>
      )}
      {remedy.document && (
        <span>
          <Outside address={remedy.document}>{text.rule.document}</Outside>
        </span>
      )}
    </>
  );
}

/** The checks as they are written, each with what it is for. */
export function Checks({ checks }: { checks: Rung['checks'] }) {
  return (
    <ul className={styles.checks}>
      {checks.map(({ when, check }) => (
        <li key={`${when} ${check}`}>
          {when && (
            <p className={styles.terms}>
              {text.rule.when} <code>{when}</code>
            </p>
          )}
          <pre>{check.trim()}</pre>
        </li>
      ))}
    </ul>
  );
}
