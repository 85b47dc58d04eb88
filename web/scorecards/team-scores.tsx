import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { capital } from '#web/kit/words.ts';
import { ScoredLink } from './changes.tsx';
import styles from './ladder.module.css';
import { LevelsBar } from './level.tsx';
import { scorecardPath, type TeamScores, teamScoresQuery } from './queries.ts';

const THINGS = 6;
const NEXT_SHOWN = 8;

function Standing({ scorecards, team }: { scorecards: TeamScores['scorecards']; team: string }) {
  return (
    <ul>
      {scorecards.map((card) => (
        <li key={card.ref} className={styles.teamCard}>
          <Link
            to={scorecardPath(card.ref)}
            search={{ tab: 'entities', owner: team }}
            className={styles.rungTitle}
          >
            {card.title}
          </Link>
          <LevelsBar byLevel={card.byLevel} levels={card.levels} />
          <span>{text.percent(card.percent)}</span>
        </li>
      ))}
    </ul>
  );
}

function Next({ next, team }: { next: TeamScores['next']; team: string }) {
  return (
    <ul>
      {next.slice(0, NEXT_SHOWN).map((todo) => (
        <li key={`${todo.scorecard} ${todo.rule}`} className={styles.todo}>
          <p className={styles.rungTitle}>{todo.title}</p>
          {todo.why && <p className={styles.message}>{todo.why}</p>}
          <p className={styles.quiet}>
            {todo.scorecardTitle} · {capital(todo.level)}
          </p>
          <div className={styles.todoThings}>
            {todo.entities.slice(0, THINGS).map(({ ref, title }) => (
              <ScoredLink key={ref} entityRef={ref} title={title} />
            ))}
            {todo.entities.length > THINGS && (
              <Link
                to={scorecardPath(todo.scorecard)}
                search={{ tab: 'entities', owner: team, rule: todo.rule, result: 'fail' }}
              >
                {text.team.more(todo.entities.length - THINGS)}
              </Link>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** How a team stands against each standard, and what it should do next. */
export function TeamScoresSections({ entityRef }: { entityRef: string }) {
  const scores = useQuery(teamScoresQuery(entityRef));
  return (
    <Load query={scores} rows={3} title={text.team.title}>
      {({ scorecards, next }) =>
        scorecards.length > 0 && (
          <>
            <Section title={text.team.title} more={<Link to="/scorecards">{text.title} →</Link>}>
              <Standing scorecards={scorecards} team={entityRef} />
            </Section>
            <Section title={text.team.next}>
              {next.length === 0 ? (
                <p className={styles.quiet}>{text.team.done}</p>
              ) : (
                <Next next={next} team={entityRef} />
              )}
            </Section>
          </>
        )
      }
    </Load>
  );
}
