import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { formatRef } from '#model/ref.ts';
import { cx } from '#web/kit/cx.ts';
import { count, dateOf } from '#web/kit/format.ts';
import { LineChart } from '#web/kit/line-chart.tsx';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { Load } from '#web/kit/states.tsx';
import { Time } from '#web/kit/time.tsx';
import { CampaignState, Progress } from './campaign-state.tsx';
import { OpenThings } from './open-things.tsx';
import { Problems } from './problems.tsx';
import { campaignQuery, type CampaignPage as Page, scorecardPath } from './queries.ts';
import styles from './scorecards.module.css';

const text = scorecardMessages.campaign;

function Head({ card }: Pick<Page, 'card'>) {
  return (
    <PageHead
      title={card.title}
      crumbs={[{ label: text.title, to: '/campaigns' }]}
      facts={
        <>
          <CampaignState state={card.state} />
          {card.owner && <PartyLink party={card.owner} />}
          {card.starts && card.state === 'planned' && <span>{text.starts(dateOf(card.starts))}</span>}
          <span>{text.due(dateOf(card.deadline))}</span>
          <span>
            <b>{text.leftOf(count(card.left), count(card.total))}</b>
          </span>
          <Link to={scorecardPath(card.scorecard)}>{card.scorecardTitle}</Link>
        </>
      }
    />
  );
}

/** What is left, beside what would be left at an even pace. */
function BurnDown({ days }: Pick<Page, 'days'>) {
  const counted = days.some(({ left }) => left !== null);
  if (days.length < 2 || !counted) return <p className={styles.quiet}>{text.noDays}</p>;
  const lines = [
    { id: 'left', label: text.left, values: days.map(({ left }) => left) },
    { id: 'ideal', label: text.ideal, values: days.map(({ ideal }) => ideal), ideal: true },
  ];
  const latest = days.findLastIndex(({ left }) => left !== null);
  return (
    <LineChart
      label={text.burnDown}
      days={days.map(({ day }) => day)}
      lines={lines}
      at={latest}
      words={(value) => (value === null ? '–' : count(Math.round(value)))}
    />
  );
}

function Teams({ teams }: Pick<Page, 'teams'>) {
  return (
    <ul>
      {teams.map(({ team, left, total }) => (
        <li key={team?.ref ?? 'none'} className={styles.row}>
          {team ? <PartyLink party={team} /> : <span>{scorecardMessages.list.nobody}</span>}
          <span className={styles.end}>
            <Progress left={left} total={total} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Rules({ page }: { page: Page }) {
  return (
    <ul>
      {page.rules.map((rule) => (
        <li key={rule.id} className={cx(styles.row, styles.tight)}>
          <Link
            to={scorecardPath(page.card.scorecard)}
            search={{ tab: 'entities', rule: rule.id, result: 'fail' }}
          >
            {rule.title}
          </Link>
          <span className={styles.end}>{text.reminded(rule.left)}</span>
        </li>
      ))}
    </ul>
  );
}

function Reminders({ reminders }: Pick<Page, 'reminders'>) {
  if (reminders.length === 0) return <p className={styles.quiet}>{text.noReminders}</p>;
  const ways: Record<string, string> = text.how;
  return (
    <ul>
      {reminders.map((reminder) => (
        <li key={`${reminder.at} ${reminder.to.ref} ${reminder.how}`} className={styles.row}>
          <PartyLink party={reminder.to} />
          <span className={styles.quiet}>
            {text.reminded(reminder.left)}, {ways[reminder.how] ?? reminder.how}
          </span>
          <span className={styles.end}>
            <Time at={reminder.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Content({ page }: { page: Page }) {
  return (
    <div className={styles.campaign}>
      <div>
        {page.card.description && <p className={styles.about}>{page.card.description}</p>}
        {page.card.problems.length > 0 && <Problems problems={page.card.problems} />}
        <Section title={text.burnDown}>
          <BurnDown days={page.days} />
        </Section>
        <Section title={text.open}>
          <OpenThings page={page} />
        </Section>
      </div>
      <div>
        <Section title={text.teams}>
          <Teams teams={page.teams} />
        </Section>
        <Section title={text.rules}>
          <Rules page={page} />
        </Section>
        <Section title={text.reminders}>
          <Reminders reminders={page.reminders} />
          {page.digestsMissing && <p className={styles.quiet}>{text.noDigests(page.digestsMissing)}</p>}
        </Section>
      </div>
    </div>
  );
}

/** One campaign: its burn-down, by team, and what is still open. */
export function CampaignPage() {
  const params = useParams({ strict: false }) as { namespace?: string; name?: string };
  const { namespace = 'default', name = '' } = params;
  const page = useQuery(campaignQuery(formatRef({ kind: 'campaign', namespace, name })));
  if (!page.data) {
    return (
      <>
        <PageHead title={name} crumbs={[{ label: text.title, to: '/campaigns' }]} />
        <Load query={page}>{() => null}</Load>
      </>
    );
  }
  return (
    <>
      <Head card={page.data.card} />
      <Content page={page.data} />
    </>
  );
}
