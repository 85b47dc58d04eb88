import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { templatePath } from '#web/kit/template-link.ts';
import styles from './actions.module.css';
import { templatesQuery } from './queries.ts';

/** What can be done with a thing, on its page. */
export function EntityActions({ entityRef }: { entityRef: string }) {
  const templates = useQuery(templatesQuery({ for: entityRef }));
  const items = templates.data?.items.filter(({ mayStart }) => mayStart) ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={messages.actions.title}>
      <ul className={styles.entityActions}>
        {items.map((card) => (
          <li key={card.ref}>
            <ButtonLink to={templatePath(card.ref)} search={{ entity: entityRef }}>
              {card.title}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
