import { ActionIcon } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Coins,
  Database,
  House,
  type LucideIcon,
  PanelLeft,
  Rows3,
  SquareCheck,
  Stamp,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import { summaryQuery } from '#web/catalog/queries.ts';
import { cx } from '#web/kit/cx.ts';
import { count } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { requestsQuery } from '#web/ownership/queries.ts';
import type { Sources } from '#web/sources/queries.ts';
import styles from './shell.module.css';

const text = messages.shell;

export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
}

export const places: readonly Place[] = [
  { to: '/', label: text.home, icon: House },
  { to: '/catalog', label: text.catalog, icon: Rows3 },
  { to: '/graph', label: text.graph, icon: Waypoints },
  { to: '/teams', label: text.teams, icon: UsersRound },
  { to: '/approvals', label: text.approvals, icon: Stamp },
  { to: '/debt', label: text.debt, icon: Coins },
  { to: '/sources', label: text.sources, icon: Database },
  { to: '/review', label: text.review, icon: SquareCheck },
];

interface Call {
  label: string;
  tone: 'accent' | 'warn' | 'bad';
}

/** What asks for action, by place; a number that asks for nothing is not shown. */
function useCalls(sources: Sources | undefined): Record<string, Call | undefined> {
  const summary = useQuery(summaryQuery());
  const failing = sources?.sources.filter((source) => source.state === 'failed').length ?? 0;
  const late = sources?.sources.filter((source) => source.stale && source.state !== 'failed').length ?? 0;
  const waiting = summary.data?.unreviewed ?? 0;
  const sourceCall: Call | undefined = failing
    ? { label: text.failing(failing), tone: 'bad' }
    : late && sources?.ready
      ? { label: text.late(late), tone: 'warn' }
      : undefined;
  const toDecide = useQuery(requestsQuery('open')).data?.items.filter(({ mayDecide }) => mayDecide).length;
  return {
    '/approvals': toDecide ? { label: count(toDecide), tone: 'accent' } : undefined,
    '/review': waiting ? { label: count(waiting), tone: 'accent' } : undefined,
    '/sources': sourceCall,
  };
}

export function Rail({ sources }: { sources: Sources | undefined }) {
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'atrium-rail',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const calls = useCalls(sources);
  return (
    <nav className={cx(styles.rail, collapsed && styles.collapsed)} aria-label={text.nav}>
      <div className={styles.brand}>
        <i aria-hidden="true" />
        <span>{text.name}</span>
      </div>
      <ul className={styles.places}>
        {places.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              activeProps={{ className: styles.on ?? '' }}
              title={collapsed ? label : undefined}
            >
              <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
              <span className={styles.placeLabel}>{label}</span>
              {calls[to] && <b data-tone={calls[to].tone}>{calls[to].label}</b>}
            </Link>
          </li>
        ))}
      </ul>
      <ActionIcon
        className={styles.collapse ?? ''}
        aria-label={collapsed ? text.expand : text.collapse}
        aria-expanded={!collapsed}
        onClick={() => setCollapsed(!collapsed)}
      >
        <PanelLeft size={16} strokeWidth={1.7} />
      </ActionIcon>
    </nav>
  );
}
