import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { dateOf } from '#web/kit/format.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { CampaignState, Progress } from './campaign-state.tsx';
import { Problems } from './problems.tsx';
import { type CampaignCard, campaignPath, campaignsQuery, scorecardPath } from './queries.ts';
import styles from './scorecards.module.css';

const text = scorecardMessages.campaign;

const columns: readonly Column<CampaignCard>[] = [
  {
    id: 'name',
    label: text.campaign,
    cell: (card) => (
      <div className={styles.name}>
        <Link to={campaignPath(card.ref)} className={styles.strong}>
          {card.title}
        </Link>
        {card.description && <p className={styles.about}>{card.description}</p>}
        {card.problems.length > 0 && <Problems problems={card.problems} />}
      </div>
    ),
  },
  { id: 'state', label: text.stateOf, cell: (card) => <CampaignState state={card.state} /> },
  {
    id: 'left',
    label: text.left,
    wideOnly: true,
    cell: (card) => <Progress left={card.left} total={card.total} />,
  },
  {
    id: 'deadline',
    label: text.deadline,
    cell: (card) => <time dateTime={card.deadline}>{dateOf(card.deadline)}</time>,
  },
  {
    id: 'scorecard',
    label: scorecardMessages.scorecard,
    wideOnly: true,
    cell: (card) => <Link to={scorecardPath(card.scorecard)}>{card.scorecardTitle}</Link>,
  },
  {
    id: 'owner',
    label: scorecardMessages.owner,
    wideOnly: true,
    cell: (card) => card.owner && <PartyLink party={card.owner} />,
  },
];

/** What is due, until when, and how far it is. */
export function CampaignsPage() {
  const campaigns = useQuery(campaignsQuery());
  return (
    <>
      <PageHead
        title={text.title}
        crumbs={[{ label: scorecardMessages.title, to: '/scorecards' }]}
        facts={campaigns.data && <span>{text.facts(campaigns.data.items.length)}</span>}
      />
      <div className={styles.page}>
        <Load query={campaigns}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState
                title={text.empty}
                hint={text.emptyHint}
                action={<ButtonLink to="/scorecards">{scorecardMessages.entity.see}</ButtonLink>}
              />
            ) : (
              <DataTable label={text.title} columns={columns} items={items} keyOf={({ ref }) => ref} />
            )
          }
        </Load>
      </div>
    </>
  );
}
