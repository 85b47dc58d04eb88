import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { count } from '#web/kit/format.ts';
import { kindPlural, kindWord } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { unownedSearch } from '#web/kit/ownable.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { entityPath, refName } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { Gaps, OwnershipChanges } from './gaps.tsx';
import { type Team, type Teams, teamsQuery } from './queries.ts';
import styles from './teams.module.css';

const text = messages.teams;

function Owned({ team }: { team: Team }) {
  const kinds = Object.entries(team.byKind).sort(([, a], [, b]) => b - a);
  return (
    <span className={styles.kinds}>
      {kinds.map(([kind, number]) => (
        <Link key={kind} to="/catalog" search={{ owner: team.ref, kind }}>
          {count(number)} {number === 1 ? kindWord(kind) : kindPlural(kind)}
        </Link>
      ))}
    </span>
  );
}

const columns: readonly Column<Team>[] = [
  {
    id: 'team',
    label: text.team,
    cell: (team) => (
      <span className={styles.team}>
        <EntityLink entityRef={team.ref} kind="Group" title={team.title} glyph />
        {team.exists ? (
          <span className={styles.quiet}>{team.type}</span>
        ) : (
          <span title={text.unknownHint}>
            <Status tone="warn">{text.unknown}</Status>
          </span>
        )}
      </span>
    ),
  },
  { id: 'what', label: text.what, wideOnly: true, cell: (team) => <Owned team={team} /> },
  {
    id: 'parent',
    label: text.parent,
    wideOnly: true,
    cell: (team) => team.parent && <Link to={entityPath(team.parent)}>{refName(team.parent)}</Link>,
  },
  { id: 'members', label: text.members, numeric: true, cell: (team) => count(team.members) },
  {
    id: 'owns',
    label: text.owns,
    numeric: true,
    cell: (team) => (
      <Link to="/catalog" search={{ owner: team.ref }}>
        {count(team.owns)}
      </Link>
    ),
  },
];

function Unowned({ unowned }: { unowned: number }) {
  if (unowned === 0) return <Status tone="good">{text.allOwned}</Status>;
  return (
    <div className={styles.unowned}>
      <Status tone="warn">{text.unowned(unowned)}</Status>
      <ButtonLink to="/catalog" search={unownedSearch} h={28}>
        {text.findOwners}
      </ButtonLink>
    </div>
  );
}

function List({ data }: { data: Teams }) {
  const url = useUrl();
  const words = url.one('q') ?? '';
  const shown = data.teams.filter((team) =>
    `${team.name} ${team.title ?? ''}`.toLowerCase().includes(words.toLowerCase()),
  );
  if (data.teams.length === 0) return <EmptyState title={text.empty} hint={text.emptyHint} />;
  return (
    <>
      <Unowned unowned={data.unowned} />
      <TextInput
        className={styles.filter ?? ''}
        type="search"
        aria-label={text.filter}
        placeholder={text.filter}
        value={words}
        onChange={(event) => url.set({ q: event.currentTarget.value })}
      />
      {shown.length === 0 ? (
        <EmptyState title={text.none} />
      ) : (
        <DataTable label={text.title} columns={columns} items={shown} keyOf={(team) => team.ref} />
      )}
    </>
  );
}

const tabIds = ['teams', 'gaps', 'changes'] as const;

export function TeamsPage() {
  const url = useUrl();
  const value = tabIds.find((id) => id === url.one('tab')) ?? 'teams';
  const teams = useQuery(teamsQuery());
  const facts = teams.data && <span>{text.facts(teams.data.teams.length, teams.data.people)}</span>;
  return (
    <>
      <PageHead title={text.title} facts={facts} />
      <div className={styles.page}>
        <Tabs
          label={text.title}
          tabs={tabIds.map((id) => ({ id, label: messages.ownership.teamTabs[id] }))}
          value={value}
          onChange={(id) => url.set({ tab: id === 'teams' ? undefined : id }, { push: true })}
        >
          {value === 'teams' && <Load query={teams}>{(data) => <List data={data} />}</Load>}
          {value === 'gaps' && <Gaps />}
          {value === 'changes' && <OwnershipChanges />}
        </Tabs>
      </div>
    </>
  );
}
