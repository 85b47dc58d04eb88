import { useQuery } from '@tanstack/react-query';
import { count } from '#web/kit/format.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { capital } from '#web/kit/words.ts';
import { ScoredLink } from './changes.tsx';
import styles from './editor.module.css';
import { type Impact, impactOf } from './queries.ts';

const text = scorecardMessages.editor;
type Change = Impact['changes'][number];

const level = (name: string | null) => (name === null ? scorecardMessages.noLevel : capital(name));

const columns: readonly Column<Change>[] = [
  {
    id: 'what',
    label: scorecardMessages.list.name,
    cell: (change) => <ScoredLink entityRef={change.ref} title={change.title} />,
  },
  {
    id: 'owner',
    label: scorecardMessages.owner,
    wideOnly: true,
    cell: (change) => change.owner && <PartyLink party={change.owner} />,
  },
  {
    id: 'change',
    label: text.difference,
    cell: (change) => scorecardMessages.fromTo(level(change.from), level(change.to)),
  },
];

/** How many stand at each level now, and how many would. */
function Levels({ impact }: { impact: Impact }) {
  const rows = [...impact.levels].reverse().concat('none');
  const levelColumns: readonly Column<string>[] = [
    { id: 'level', label: text.level, cell: (name) => level(name === 'none' ? null : name) },
    { id: 'before', label: text.before, numeric: true, cell: (name) => count(impact.before[name] ?? 0) },
    { id: 'after', label: text.after, numeric: true, cell: (name) => count(impact.after[name] ?? 0) },
    {
      id: 'difference',
      label: text.difference,
      numeric: true,
      cell: (name) => {
        const difference = (impact.after[name] ?? 0) - (impact.before[name] ?? 0);
        return difference === 0 ? '' : scorecardMessages.points(difference);
      },
    },
  ];
  return <DataTable label={text.impact} columns={levelColumns} items={rows} keyOf={(name) => name} />;
}

function Answer({ impact }: { impact: Impact }) {
  const { changes, changed, entities } = impact;
  return (
    <div className={styles.impact}>
      <p>{changed === 0 ? text.impactNone(entities) : text.impactOf(changed, entities)}</p>
      <Levels impact={impact} />
      {changes.length > 0 && (
        <DataTable label={text.impact} columns={columns} items={changes} keyOf={({ ref }) => ref} />
      )}
      {changes.length < changed && <p className={styles.hint}>{text.first(changes.length, changed)}</p>}
    </div>
  );
}

/** Who would rise and who would fall if the text were in force. */
export function ImpactView({ source, broken }: { source: string; broken: boolean }) {
  const impact = useQuery({
    queryKey: ['scorecard-impact', source],
    queryFn: () => impactOf(source),
    enabled: !broken,
    placeholderData: (before) => before,
    retry: false,
  });
  if (broken) return <p className={styles.hint}>{text.impactWait}</p>;
  return <Load query={impact}>{(data) => <Answer impact={data} />}</Load>;
}
