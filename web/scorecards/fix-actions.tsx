import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ExternalLink } from 'lucide-react';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { isPortalPath, openHref } from '#web/kit/href.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { filledIn, templatePath } from '#web/kit/template-link.ts';
import styles from './ladder.module.css';
import type { Rung } from './queries.ts';
import { Outside } from './rule-parts.tsx';

interface Props {
  rung: Rung;
  entityRef: string;
  /** The main thing to do on the page. */
  main?: boolean;
}

/** The form that mends it, filled in for this thing. */
function Fix({ rung, entityRef, main }: Props) {
  const { fix } = rung;
  if (!fix) return null;
  const to = templatePath(fix.template);
  const search = filledIn(entityRef, fix.values);
  if (!fix.mayStart) {
    return (
      <span className={styles.quiet}>
        <Link to={to} search={search}>
          {text.entity.notAllowed(fix.title)}
        </Link>
      </span>
    );
  }
  return (
    <ButtonLink to={to} search={search} h={main ? 32 : 28} variant={main ? 'filled' : 'default'}>
      {text.entity.fix}
      <span className="visually-hidden"> {rung.title}</span>
    </ButtonLink>
  );
}

/** Every way to mend a rule: the button that does it, a page where it is done, and where it is written how. */
export function FixActions({ rung, entityRef, main }: Props) {
  const { url, document } = rung.remedy;
  const href = openHref(url ?? undefined);
  const outside = href !== undefined && !isPortalPath(href);
  return (
    <div className={styles.acts}>
      <Fix rung={rung} entityRef={entityRef} {...(main && { main })} />
      {href && (
        <Button
          component="a"
          href={href}
          {...(outside && { target: '_blank', rel: 'noreferrer' })}
          h={main ? 32 : 28}
          variant={main && !rung.fix ? 'filled' : 'default'}
          rightSection={outside && <ExternalLink size={13} aria-hidden="true" />}
        >
          {rung.fix ? text.entity.open : text.entity.fix}
          <span className="visually-hidden"> {rung.title}</span>
        </Button>
      )}
      {document && <Outside address={document}>{text.entity.read}</Outside>}
    </div>
  );
}
