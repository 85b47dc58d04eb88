import { ActionIcon } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PanelLeft } from 'lucide-react';
import { approvalsQuery } from '#web/actions/queries.ts';
import { summaryQuery } from '#web/catalog/queries.ts';
import { cx } from '#web/kit/cx.ts';
import { count } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { requestsQuery } from '#web/ownership/queries.ts';
import { exemptionsQuery } from '#web/scorecards/queries.ts';
import type { Sources } from '#web/sources/queries.ts';
import { MorePlaces } from './more-places.tsx';
import { places } from './places.ts';
import styles from './shell.module.css';

const text = messages.shell;

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
  const asked = [
    useQuery(requestsQuery('open')).data,
    useQuery(approvalsQuery('open')).data,
    useQuery(exemptionsQuery({ state: 'asked' })).data,
  ];
  const toDecide = asked.flatMap((list) => list?.items.filter(({ mayDecide }) => mayDecide) ?? []).length;
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
        {places.map(({ to, label, icon: Icon, inBar }) => (
          <li key={to} data-in-bar={inBar}>
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
        <li className={styles.more}>
          <MorePlaces />
        </li>
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
