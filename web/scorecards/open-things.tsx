import { ExternalLink } from 'lucide-react';
import { safeHref } from '#web/kit/href.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { ScoredLink } from './changes.tsx';
import type { CampaignPage } from './queries.ts';
import styles from './scorecards.module.css';

const text = scorecardMessages.campaign;
type Open = CampaignPage['open'][number];

function Issue({ open }: { open: Open }) {
  const href = safeHref(open.issue ?? undefined);
  if (!href) return open.issue;
  return (
    <a href={href} target="_blank" rel="noreferrer" aria-label={text.seeIssue(open.title)}>
      {text.issue} <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}

/** What is left to do, whose it is, and the issue that asks for it. */
export function OpenThings({ page }: { page: CampaignPage }) {
  const titles = new Map(page.rules.map(({ id, title }) => [id, title]));
  const columns: readonly Column<Open>[] = [
    { id: 'what', label: text.what, cell: (open) => <ScoredLink entityRef={open.ref} title={open.title} /> },
    {
      id: 'rules',
      label: text.openRules,
      cell: (open) => (
        <div className={styles.openRules}>{open.rules.map((id) => titles.get(id) ?? id).join(', ')}</div>
      ),
    },
    {
      id: 'owner',
      label: scorecardMessages.owner,
      wideOnly: true,
      cell: (open) =>
        open.owner ? (
          <PartyLink party={open.owner} />
        ) : (
          <span className={styles.quiet}>{scorecardMessages.list.nobody}</span>
        ),
    },
    { id: 'issue', label: text.issue, plain: true, cell: (open) => <Issue open={open} /> },
  ];
  if (page.open.length === 0) return <Status tone="good">{text.noneOpen}</Status>;
  return <DataTable label={text.open} columns={columns} items={page.open} keyOf={({ ref }) => ref} />;
}
