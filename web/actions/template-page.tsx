import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { formatRef } from '#model/ref.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { EmptyState, Load, SkeletonRows } from '#web/kit/states.tsx';
import { valuesParameter } from '#web/kit/template-link.ts';
import { useUrl } from '#web/kit/url.ts';
import styles from './actions.module.css';
import { type TemplatePage as Template, templateQuery } from './queries.ts';

const Wizard = lazy(() => import('./wizard.tsx').then((module) => ({ default: module.Wizard })));
const text = messages.actions;

function Head({ template, entity }: { template: Template; entity: string | undefined }) {
  const { card } = template;
  return (
    <PageHead
      title={card.title}
      crumbs={[{ label: text.title, to: '/actions' }]}
      facts={
        <>
          {card.owner && <PartyLink party={card.owner} />}
          {card.savesMinutes !== null && <span>{text.saves(card.savesMinutes)}</span>}
          <span>{text.runs(card.runs, card.succeeded)}</span>
          {entity && (
            <span>
              {messages.actions.run.on} <EntityLink entityRef={entity} glyph />
            </span>
          )}
        </>
      }
    />
  );
}

/** The questions of a template, then what would happen, then the start. */
export function TemplatePage() {
  const params = useParams({ strict: false }) as { namespace?: string; name?: string };
  const url = useUrl();
  const entity = url.one('entity');
  const given = url.one(valuesParameter);
  const ref = formatRef({
    kind: 'template',
    namespace: params.namespace ?? 'default',
    name: params.name ?? '',
  });
  const template = useQuery(templateQuery(ref, { entity, system: url.one('system') }));
  return (
    <Load query={template}>
      {(data) => (
        <>
          <Head template={data} entity={entity} />
          <div className={styles.page}>
            {data.card.description && <p className={styles.about}>{data.card.description}</p>}
            {data.card.obstacles.length > 0 ? (
              <EmptyState title={text.notStartable} hint={data.card.obstacles.join(' ')} />
            ) : (
              <Suspense fallback={<SkeletonRows rows={5} />}>
                <Wizard key={`${ref} ${given}`} template={data} entity={entity} given={given} />
              </Suspense>
            )}
          </div>
        </>
      )}
    </Load>
  );
}
