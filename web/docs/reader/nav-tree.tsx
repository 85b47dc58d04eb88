import { Link } from '@tanstack/react-router';
import {
  BookOpen,
  Braces,
  ChevronRight,
  ExternalLink,
  History,
  Library,
  LifeBuoy,
  type LucideIcon,
  Scale,
} from 'lucide-react';
import { createContext, useContext, useId, useMemo, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { safeHref } from '#web/kit/href.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { docsPath, keptSearch } from '../paths.ts';
import type { NavNode } from '../queries.ts';
import { type Target, targetOf } from '../search/answer-target.ts';
import styles from './nav.module.css';
import { openSections, pathTo } from './site-tree.ts';

const text = docsMessages.reader;

const icons: Record<NonNullable<NavNode['mark']>, LucideIcon> = {
  api: Braces,
  decision: Scale,
  runbook: LifeBuoy,
  changelog: History,
  readme: BookOpen,
  site: Library,
  external: ExternalLink,
};

interface Props {
  siteRef: string;
  nav: readonly NavNode[];
  /** Address below the site of what is open, or the path of something elsewhere. */
  here: { page?: string; path?: string };
  version: string | undefined;
  onGo?: (() => void) | undefined;
}

interface Tree extends Omit<Props, 'nav'> {
  isOpen: (node: NavNode, depth: number) => boolean;
  isHere: (node: NavNode) => boolean;
}

const TreeContext = createContext<Tree | undefined>(undefined);

function useTree(): Tree {
  const tree = useContext(TreeContext);
  if (!tree) throw new Error('An entry of the navigation stands outside of it');
  return tree;
}

/** Where an entry leads: a page of the site, another place of the portal, or out of it. */
function targetOfNode(node: NavNode, { siteRef, version }: Tree): Target | string {
  const kept = keptSearch(version);
  const inPortal = node.href?.startsWith('/') && targetOf(node.href);
  if (inPortal && node.mark === 'api') return { ...inPortal, search: { ...inPortal.search, from: siteRef } };
  if (inPortal) return { ...inPortal, search: { ...inPortal.search, ...(node.page !== undefined && kept) } };
  if (node.page !== undefined) return { to: docsPath(siteRef, node.page), search: kept };
  return safeHref(node.href) ?? '';
}

function NodeLink({ node }: { node: NavNode }) {
  const tree = useTree();
  const Icon = node.mark && icons[node.mark];
  const target = targetOfNode(node, tree);
  const content = (
    <>
      {Icon && <Icon size={13} strokeWidth={1.8} aria-hidden="true" />}
      <span className={cx(node.status === 'superseded' && styles.superseded)}>{node.title}</span>
      {node.mark && <span className="visually-hidden">{` (${text.mark[node.mark]})`}</span>}
    </>
  );
  if (typeof target === 'string') {
    if (!target) return <span className={styles.entry}>{content}</span>;
    return (
      <a className={styles.entry} href={target} target="_blank" rel="noreferrer">
        {content}
      </a>
    );
  }
  const here = tree.isHere(node);
  return (
    <Link
      {...target}
      className={cx(styles.entry, here && styles.here)}
      aria-current={here ? 'page' : undefined}
      activeOptions={{ exact: true, includeSearch: false }}
      data-here={here || undefined}
      onClick={tree.onGo}
    >
      {content}
    </Link>
  );
}

function Section({ node, depth }: { node: NavNode; depth: number }) {
  const tree = useTree();
  const id = useId();
  const [choice, setChoice] = useState<boolean>();
  const open = choice ?? tree.isOpen(node, depth);
  const isPage = node.page !== undefined || node.href !== undefined;
  const toggle = () => setChoice(!open);
  const chevron = (
    <ChevronRight size={13} aria-hidden="true" className={cx(styles.chevron, open && styles.turned)} />
  );
  return (
    <li>
      <div className={styles.sectionHead}>
        {isPage ? (
          <>
            <NodeLink node={node} />
            <button
              type="button"
              className={styles.toggle}
              aria-expanded={open}
              aria-controls={id}
              aria-label={open ? text.closeSection(node.title) : text.open(node.title)}
              onClick={toggle}
            >
              {chevron}
            </button>
          </>
        ) : (
          <button
            type="button"
            className={cx(styles.heading, depth === 0 && styles.top)}
            aria-expanded={open}
            aria-controls={id}
            onClick={toggle}
          >
            <span>{node.title}</span>
            {chevron}
          </button>
        )}
      </div>
      <div id={id} hidden={!open}>
        <Entries nodes={node.children ?? []} depth={depth + 1} />
      </div>
    </li>
  );
}

const keyOf = (node: NavNode, index: number) => `${node.page ?? node.href ?? node.title} ${index}`;

function Entries({ nodes, depth }: { nodes: readonly NavNode[]; depth: number }) {
  return (
    <ul className={cx(styles.entries, depth > 0 && styles.below)}>
      {nodes.map((node, index) =>
        node.children && node.children.length > 0 ? (
          <Section key={keyOf(node, index)} node={node} depth={depth} />
        ) : (
          <li key={keyOf(node, index)}>
            <NodeLink node={node} />
          </li>
        ),
      )}
    </ul>
  );
}

/** The pages of a site, in sections that can be closed. */
export function NavTree({ nav, ...rest }: Props) {
  const { siteRef, here, version, onGo } = rest;
  const { page, path } = here;
  const tree = useMemo((): Tree => {
    const isHere = (node: NavNode) =>
      page !== undefined ? node.page === page : path !== undefined && node.href?.split(/[?#]/)[0] === path;
    const isOpen = openSections(nav, pathTo(nav, isHere));
    return { siteRef, here: {}, version, onGo, isHere, isOpen };
  }, [nav, siteRef, page, path, version, onGo]);
  return (
    <TreeContext value={tree}>
      <Entries nodes={nav} depth={0} />
    </TreeContext>
  );
}
