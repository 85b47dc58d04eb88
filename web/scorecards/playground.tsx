import { CloseButton, NativeSelect } from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RuleAnswer } from '#server/scorecards/contract.ts';
import { CodeField } from '#web/kit/code-field.tsx';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { refName } from '#web/kit/ref.ts';
import { ErrorState } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import { ScoredLink } from './changes.tsx';
import { completeCheck, type Word } from './completion.ts';
import styles from './editor.module.css';
import { Fault } from './fault.tsx';
import { type Tried, tryCheck } from './queries.ts';
import { ResultMark } from './result.tsx';

const text = scorecardMessages.editor;
const TYPING_MS = 400;
const MOST = 20;

interface Draft {
  check: string;
  when: string;
}

const begun: Draft = { check: 'facts.readme.words >= 50', when: '' };

/** Rules of the text whose check can be taken over, each variant by itself. */
function variantsOf(rules: readonly RuleAnswer[]): (Draft & { label: string })[] {
  return rules.flatMap(({ title, checks }) =>
    checks.map(({ when, check }) => ({
      label: when ? `${title} (${when})` : title,
      check,
      when: when ?? '',
    })),
  );
}

function FromRule({
  rules,
  draft,
  onPick,
}: {
  rules: readonly RuleAnswer[];
  draft: Draft;
  onPick: (draft: Draft) => void;
}) {
  const variants = variantsOf(rules);
  const chosen = variants.findIndex(({ check, when }) => check === draft.check && when === draft.when);
  if (variants.length === 0) return null;
  return (
    <NativeSelect
      label={text.fromRule}
      value={String(chosen)}
      data={[
        { value: '-1', label: text.pickRule },
        ...variants.map(({ label }, index) => ({ value: String(index), label })),
      ]}
      onChange={(event) => {
        const { check, when } = variants[Number(event.currentTarget.value)] ?? { check: '', when: '' };
        onPick({ check, when });
      }}
    />
  );
}

/** Without anything to try it on, the texts are checked all the same. */
function useTried({ check, when }: Draft, entities: readonly string[]) {
  const condition = when.trim() === '' ? null : when;
  return useQuery({
    queryKey: ['scorecard-try', check, condition, entities],
    queryFn: () => tryCheck({ check, when: condition, entities: [...entities] }),
    enabled: check.trim() !== '',
    placeholderData: keepPreviousData<Tried>,
    retry: false,
  });
}

function Answers({ entities, answered }: { entities: readonly string[]; answered: Tried | undefined }) {
  const url = useUrl();
  return (
    <ul aria-label={text.resultsOf}>
      {entities.map((ref) => {
        const found = answered?.items.find((item) => item.ref === ref);
        const isUnknown = answered?.fault === null && !found;
        return (
          <li key={ref} className={styles.answer}>
            <ScoredLink entityRef={ref} title={found?.title ?? refName(ref)} />
            {found && <ResultMark result={found.result} />}
            <CloseButton
              size={26}
              aria-label={text.remove(refName(ref))}
              onClick={() => url.set({ on: entities.filter((one) => one !== ref) })}
            />
            {(found?.message || isUnknown) && (
              <p className={styles.hint}>{found?.message ?? text.notThere}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** What a check says of chosen things while it is written. */
export function Playground({ rules, words }: { rules: readonly RuleAnswer[]; words: readonly Word[] }) {
  const url = useUrl();
  const entities = url.all('on');
  const [draft, setDraft] = useLocalStorage<Draft>({
    key: 'atrium-scorecard-check',
    defaultValue: begun,
    getInitialValueInEffect: false,
  });
  const [asked] = useDebouncedValue(draft, TYPING_MS);
  const tried = useTried(asked, entities);
  const fault = asked.check.trim() === '' ? null : tried.data?.fault;
  const complete = useMemo(() => completeCheck(words), [words]);
  return (
    <div className={styles.playground}>
      <FromRule rules={rules} draft={draft} onPick={setDraft} />
      <div>
        <p className={styles.label} aria-hidden="true">
          {text.check}
        </p>
        <CodeField
          label={text.check}
          minRows={2}
          value={draft.check}
          onChange={(check) => setDraft({ ...draft, check })}
          complete={complete}
        />
        {fault?.in === 'check' && <Fault fault={fault} source={asked.check} />}
      </div>
      <div>
        <p className={styles.label} aria-hidden="true">
          {text.when}
        </p>
        <CodeField
          label={text.when}
          placeholder={text.whenHint}
          value={draft.when}
          onChange={(when) => setDraft({ ...draft, when })}
          complete={complete}
        />
        {fault?.in === 'when' && <Fault fault={fault} source={asked.when} />}
      </div>
      {entities.length < MOST && (
        <EntityPicker
          label={text.add}
          value={undefined}
          onPick={(ref) => url.set({ on: [...new Set([...entities, ref])] })}
        />
      )}
      {tried.error && <ErrorState error={tried.error} onRetry={() => void tried.refetch()} />}
      {entities.length === 0 ? (
        <p className={styles.hint}>{text.none}</p>
      ) : (
        <Answers entities={entities} answered={tried.isPlaceholderData ? undefined : tried.data} />
      )}
    </div>
  );
}
