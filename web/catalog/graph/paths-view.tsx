import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { messages } from '#web/kit/messages.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import type { UrlState } from '#web/kit/url.ts';
import { type Paths, pathsQuery } from '../queries.ts';
import { relationLabel } from '../relations.tsx';
import styles from './graph.module.css';

const text = messages.graph;

function PathList({ paths }: { paths: Paths }) {
  if (paths.paths.length === 0) return <EmptyState title={text.noPath} />;
  const nodes = new Map(paths.nodes.map((node) => [node.ref, node]));
  const link = (ref: string) => {
    const node = nodes.get(ref);
    return (
      <EntityLink
        entityRef={ref}
        {...(node && { kind: node.kind, type: node.type, title: node.title })}
        glyph
      />
    );
  };
  return (
    <ol className={styles.list}>
      {paths.paths.map((path) => (
        <li key={path.map((edge) => `${edge.from}${edge.type}${edge.to}`).join()} className={styles.path}>
          {path[0] && link(path[0].from)}
          {path.map((edge) => (
            <Fragment key={`${edge.from}${edge.type}${edge.to}`}>
              <span className={styles.step}>{relationLabel(edge.type).toLowerCase()} →</span>
              {link(edge.to)}
            </Fragment>
          ))}
          <span className={styles.end}>{text.path(path.length)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Every way from one thing to another. */
export function PathsView({ url, root }: { url: UrlState; root: string | undefined }) {
  const from = url.one('from') ?? root ?? '';
  const to = url.one('to') ?? '';
  const paths = useQuery(pathsQuery(from, to));
  return (
    <>
      <div className={styles.ends}>
        <EntityPicker label={text.from} value={from || undefined} onPick={(ref) => url.set({ from: ref })} />
        <EntityPicker label={text.to} value={to || undefined} onPick={(ref) => url.set({ to: ref })} />
      </div>
      {from && to ? (
        <Load query={paths}>{(data) => <PathList paths={data} />}</Load>
      ) : (
        <EmptyState title={text.pathsHint} />
      )}
    </>
  );
}
