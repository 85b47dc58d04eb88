import { useQuery } from '@tanstack/react-query';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { Load } from '#web/kit/states.tsx';
import { leaderboardQuery } from './queries.ts';
import styles from './scorecards.module.css';

function Change({ change }: { change: number | null }) {
  if (change === null) return text.newTeam;
  return Math.round(change) === 0 ? text.noChange : text.points(change);
}

/** How teams stand, where the configuration asks for it to be shown. */
export function LeaderboardSection() {
  const teams = useQuery(leaderboardQuery());
  return (
    <Section title={text.leaderboard}>
      <p className={styles.quiet}>{text.leaderboardHint}</p>
      <Load query={teams} rows={5}>
        {({ items }) => (
          <ol>
            {items.map(({ team, percent, change }) => (
              <li key={team.ref} className={styles.teamRow}>
                <PartyLink party={team} />
                <span className={styles.number}>{text.percent(percent)}</span>
                <span className={styles.gain}>
                  <Change change={change} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </Load>
    </Section>
  );
}
