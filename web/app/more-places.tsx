import { Link, useRouterState } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { messages } from '#web/kit/messages.ts';
import { places } from './places.ts';
import styles from './shell.module.css';

/** On a phone: the places for which its bar has no room. */
export function MorePlaces() {
  const details = useRef<HTMLDetailsElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    if (path && details.current) details.current.open = false;
  }, [path]);
  return (
    <details ref={details}>
      <summary>
        <Ellipsis size={16} strokeWidth={1.7} aria-hidden="true" />
        <span className={styles.placeLabel}>{messages.shell.more}</span>
      </summary>
      <ul className={styles.moreList}>
        {places
          .filter(({ inBar }) => !inBar)
          .map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Link to={to} activeProps={{ className: styles.on ?? '' }}>
                <Icon size={16} strokeWidth={1.7} aria-hidden="true" />
                {label}
              </Link>
            </li>
          ))}
      </ul>
    </details>
  );
}
