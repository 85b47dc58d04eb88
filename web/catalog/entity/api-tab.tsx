import { useQuery } from '@tanstack/react-query';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import { ApiReferenceView } from '../api-reference/api-reference-view.tsx';
import { recordQuery } from '../queries.ts';
import styles from './entity.module.css';
import { specOf } from './metadata.ts';

const text = messages.entity;

function Definition({ record }: { record: GoldenRecord }) {
  const { definition, type } = specOf(record);
  if (typeof definition !== 'string' || definition.trim() === '') {
    return <EmptyState title={text.api.empty} hint={text.api.emptyHint} />;
  }
  return (
    <ApiReferenceView
      key={record.row.ref}
      type={typeof type === 'string' ? type : ''}
      definition={definition}
    />
  );
}

function OtherDefinition({ entityRef }: { entityRef: string }) {
  const record = useQuery(recordQuery(entityRef));
  return <Load query={record}>{(data) => <Definition record={data} />}</Load>;
}

/** The APIs of a thing, one at a time, rendered from what their definitions say. */
export function ApiTab({ record }: { record: GoldenRecord }) {
  const url = useUrl();
  const { apis } = record;
  const chosen = apis.find((api) => api.ref === url.one('api')) ?? apis[0];
  if (record.row.kind.toLowerCase() === 'api') return <Definition record={record} />;
  if (!chosen) return <EmptyState title={text.noApi} hint={text.noApiHint} />;
  return (
    <>
      <div className={styles.apiHead}>
        {apis.length > 1 && (
          <label>
            {text.whichApi}
            <select value={chosen.ref} onChange={(event) => url.set({ api: event.currentTarget.value })}>
              {apis.map((api) => (
                <option key={api.ref} value={api.ref}>
                  {`${api.title}, ${text.apiRelation[api.relation]}`}
                </option>
              ))}
            </select>
          </label>
        )}
        <EntityLink entityRef={chosen.ref} kind="API" title={chosen.title} glyph />
        <span className={styles.quiet}>
          {chosen.type}, {text.apiRelation[chosen.relation]}
        </span>
      </div>
      <OtherDefinition entityRef={chosen.ref} />
    </>
  );
}
