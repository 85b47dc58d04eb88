import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { count } from '#web/kit/format.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { useMay } from '#web/kit/session.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { LevelChangeList } from './changes.tsx';
import { LeaderboardSection } from './leaderboard.tsx';
import { LevelsBar } from './level.tsx';
import { Problems } from './problems.tsx';
import {
  changesQuery,
  type ScorecardCard,
  type Scorecards,
  scorecardPath,
  scorecardsQuery,
} from './queries.ts';
import styles from './scorecards.module.css';

const CHANGES = 10;

function Name({ card }: { card: ScorecardCard }) {
  return (
    <div className={styles.name}>
      <p className={styles.nameLine}>
        <Link to={scorecardPath(card.ref)} className={styles.strong}>
          {card.title}
        </Link>
        {card.draft && (
          <span title={text.draftHint}>
            <Status tone="quiet">{text.draft}</Status>
          </span>
        )}
      </p>
      {card.description && <p className={styles.about}>{card.description}</p>}
      {card.problems.length > 0 && <Problems problems={card.problems} />}
      <div className={styles.narrow}>
        <LevelsBar byLevel={card.byLevel} levels={card.levels} />
      </div>
    </div>
  );
}

const columns: readonly Column<ScorecardCard>[] = [
  { id: 'name', label: text.scorecard, cell: (card) => <Name card={card} /> },
  {
    id: 'levels',
    label: text.standing,
    wideOnly: true,
    cell: (card) => (
      <div className={styles.levels}>
        <LevelsBar byLevel={card.byLevel} levels={card.levels} />
      </div>
    ),
  },
  { id: 'mean', label: text.mean, numeric: true, cell: (card) => text.percent(card.percent) },
  { id: 'rules', label: text.rules, numeric: true, wideOnly: true, cell: (card) => count(card.rules) },
  {
    id: 'owner',
    label: text.owner,
    wideOnly: true,
    cell: (card) =>
      card.owner ? (
        <PartyLink party={card.owner} />
      ) : (
        <span className={styles.pack}>{card.pack ? text.pack : text.noOwner}</span>
      ),
  },
];

function Changes() {
  const changes = useQuery(changesQuery({ limit: CHANGES }));
  return (
    <Section title={text.changes}>
      <Load query={changes} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{text.noChanges}</p>
          ) : (
            <LevelChangeList items={items} />
          )
        }
      </Load>
    </Section>
  );
}

function Content({ data }: { data: Scorecards }) {
  if (data.items.length === 0) {
    return (
      <EmptyState
        title={text.empty}
        hint={text.emptyHint}
        action={<ButtonLink to="/scorecards/editor">{text.write}</ButtonLink>}
      />
    );
  }
  return (
    <div className={styles.columns}>
      <div className={styles.cards}>
        <DataTable label={text.title} columns={columns} items={data.items} keyOf={({ ref }) => ref} />
      </div>
      <div>
        <Changes />
        {data.leaderboard && <LeaderboardSection />}
      </div>
    </div>
  );
}

/** The standards that there are, and how everything stands against them. */
export function ScorecardsPage() {
  const scorecards = useQuery(scorecardsQuery());
  const mayTry = useMay('scorecard.try');
  return (
    <>
      <PageHead
        title={text.title}
        facts={scorecards.data && <span>{text.facts(scorecards.data.items.length)}</span>}
        actions={
          <>
            <ButtonLink to="/campaigns">{text.campaigns}</ButtonLink>
            <ButtonLink to="/scorecards/exemptions">{text.exemptions}</ButtonLink>
            {mayTry && <ButtonLink to="/scorecards/editor">{text.write}</ButtonLink>}
          </>
        }
      />
      <div className={styles.page}>
        <Load query={scorecards}>{(data) => <Content data={data} />}</Load>
      </div>
    </>
  );
}
