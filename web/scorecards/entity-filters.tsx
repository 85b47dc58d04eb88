import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { results } from '#model/scorecard.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { refName } from '#web/kit/ref.ts';
import { useUrl } from '#web/kit/url.ts';
import { capital } from '#web/kit/words.ts';
import { useAt } from './as-of.tsx';
import { heatMapQuery, type ScorecardPage, type ScoresFilter, scoresFile } from './queries.ts';
import styles from './scorecards.module.css';

/** What in the address narrows the list. */
export const filterNames = ['q', 'owner', 'rule', 'result', 'level'] as const;
type FilterName = (typeof filterNames)[number];

interface Choice {
  value: string;
  label: string;
}

function Choose({ name, any, choices }: { name: FilterName; any: string; choices: readonly Choice[] }) {
  const url = useUrl();
  const value = url.one(name) ?? '';
  // An address may name what is not there any more: it is shown, so that it can be let go.
  const gone = value && !choices.some((choice) => choice.value === value);
  return (
    <NativeSelect
      aria-label={any}
      value={value}
      data={[
        { value: '', label: any },
        ...choices,
        ...(gone ? [{ value, label: name === 'owner' ? refName(value) : value }] : []),
      ]}
      onChange={(event) => url.set({ [name]: event.currentTarget.value, offset: undefined }, { push: true })}
    />
  );
}

/** Owners of what is measured: those are the rows of the heat map. */
function useOwners(page: ScorecardPage): readonly Choice[] {
  const heat = useQuery(heatMapQuery(page.card.ref, useAt()));
  return (heat.data?.rows ?? []).map(({ team }) => ({
    value: team?.ref ?? 'none',
    label: team?.title ?? text.list.nobody,
  }));
}

export function EntityFilters({ page, filter }: { page: ScorecardPage; filter: ScoresFilter }) {
  const url = useUrl();
  const owners = useOwners(page);
  return (
    <div className={styles.filters}>
      <TextInput
        type="search"
        aria-label={text.list.search}
        placeholder={text.list.search}
        value={url.one('q') ?? ''}
        onChange={(event) => url.set({ q: event.currentTarget.value, offset: undefined })}
      />
      <Choose name="owner" any={text.list.anyTeam} choices={owners} />
      <Choose
        name="rule"
        any={text.list.anyRule}
        choices={page.rules.map(({ id, title }) => ({ value: id, label: title }))}
      />
      {filter.rule && (
        <Choose
          name="result"
          any={text.list.anyResult}
          choices={results.map((value) => ({ value, label: text.result[value] }))}
        />
      )}
      <Choose
        name="level"
        any={text.list.anyLevel}
        choices={[
          ...page.card.levels.map((value) => ({ value, label: capital(value) })),
          { value: 'none', label: text.list.atNone },
        ]}
      />
      <Button component="a" href={scoresFile(page.card.ref, filter)} download>
        {text.list.csv}
      </Button>
    </div>
  );
}
