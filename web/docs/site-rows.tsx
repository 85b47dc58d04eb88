import { Link } from '@tanstack/react-router';
import { KindGlyph } from '#web/kit/kind.tsx';
import { docsMessages as text } from '#web/kit/messages/docs.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './docs.module.css';
import { docsPath } from './paths.ts';
import type { SiteCard } from './queries.ts';

function Name({ card }: { card: SiteCard }) {
  return (
    <div className={styles.name}>
      <KindGlyph kind={card.kind} type={card.type} />
      <div>
        <Link to={docsPath(card.ref)} className={styles.strong}>
          {card.title}
        </Link>
        {card.description && <p className={styles.about}>{card.description}</p>}
      </div>
    </div>
  );
}

function State({ card }: { card: SiteCard }) {
  if (card.problems === 0) {
    return (
      <Status tone="good">
        <span className={styles.fine}>{text.library.fine}</span>
      </Status>
    );
  }
  return (
    <Link to="/docs/problems" search={{ site: card.ref }}>
      <Status tone="warn">{text.problems(card.problems)}</Status>
    </Link>
  );
}

const columns: readonly Column<SiteCard>[] = [
  { id: 'name', label: text.library.site, cell: (card) => <Name card={card} /> },
  {
    id: 'owner',
    label: text.library.owner,
    wideOnly: true,
    cell: (card) =>
      card.owner ? (
        <PartyLink party={card.owner} />
      ) : (
        <span className={styles.quiet}>{text.library.noOwner}</span>
      ),
  },
  {
    id: 'pages',
    label: text.library.pages,
    numeric: true,
    wideOnly: true,
    cell: (card) => (
      <span title={text.library.form[card.form]} className={styles.number}>
        {card.pages}
      </span>
    ),
  },
  {
    id: 'changed',
    label: text.library.changed,
    wideOnly: true,
    cell: (card) => (card.changedAt ? <Time at={card.changedAt} /> : <span className={styles.quiet}>–</span>),
  },
  { id: 'state', label: text.library.state, cell: (card) => <State card={card} /> },
];

/** Sites with what one chooses by: whose, how much, how new, how sound. */
export function SiteRows({ label, cards }: { label: string; cards: readonly SiteCard[] }) {
  return (
    <div className={styles.sites}>
      <DataTable label={label} columns={columns} items={cards} keyOf={({ ref }) => ref} />
    </div>
  );
}
