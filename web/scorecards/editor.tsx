import { Button, CopyButton } from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CodeField } from '#web/kit/code-field.tsx';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { completeDescriptor, type Word, wordsOf } from './completion.ts';
import type { Begun } from './descriptor.ts';
import styles from './editor.module.css';
import { ImpactView } from './impact-view.tsx';
import { Playground } from './playground.tsx';
import { Problems } from './problems.tsx';
import { type Checked, checkText, vocabularyQuery } from './queries.ts';

const text = scorecardMessages.editor;
const TYPING_MS = 400;
const noWords: readonly Word[] = [];

/** Into which file the text belongs: nothing is stored here. */
function Belongs({ begun, name }: { begun: Begun; name: string }) {
  const file = <code>scorecards/{name}.yaml</code>;
  return (
    <span>
      {text.hint}{' '}
      {begun.path ? (
        <>
          {text.belongs} <code>{begun.path}</code>.
        </>
      ) : begun.pack ? (
        text.belongsPack
      ) : (
        <>
          {text.belongsNew} {file}.
        </>
      )}
    </span>
  );
}

function Found({ problems }: Pick<Checked, 'problems'>) {
  if (problems.length === 0) return <Status tone="good">{text.valid}</Status>;
  return <Problems problems={problems} />;
}

const views = ['check', 'impact'] as const;

function Beside({ source, words }: { source: string; words: readonly Word[] }) {
  const url = useUrl();
  const view = views.find((id) => id === url.one('view')) ?? 'check';
  const checked = useQuery({
    queryKey: ['scorecard-check', source],
    queryFn: () => checkText(source),
    placeholderData: (before) => before,
  });
  const broken = checked.data?.problems.some(({ level }) => level === 'error') ?? true;
  return (
    <div className={styles.beside}>
      <div className={styles.found} role="status">
        <Load query={checked} rows={1}>
          {({ problems }) => <Found problems={problems} />}
        </Load>
      </div>
      <Tabs
        small
        label={text.views}
        tabs={views.map((id) => ({ id, label: text.view[id] }))}
        value={view}
        onChange={(id) => url.set({ view: id === 'check' ? undefined : id }, { push: true })}
      >
        {view === 'check' ? (
          <Playground rules={checked.data?.rules ?? []} words={words} />
        ) : (
          <ImpactView source={source} broken={broken} />
        )}
      </Tabs>
    </div>
  );
}

/** `metadata.name` of the text, for the name of its file. */
function nameIn(source: string): string {
  return /^\s+name:\s*["']?([\w.-]+)/m.exec(source)?.[1] ?? 'scorecard';
}

/** The descriptor at the left; what is wrong with it, what a check says and who would change at the right. */
export function Editor({ of, begun }: { of: string | undefined; begun: Begun }) {
  const [source, setSource, forget] = useLocalStorage({
    key: ['atrium-scorecard-editor', of].filter(Boolean).join('-'),
    defaultValue: begun.text,
    getInitialValueInEffect: false,
  });
  const [asked] = useDebouncedValue(source, TYPING_MS);
  const vocabulary = useQuery(vocabularyQuery()).data;
  const words = useMemo(() => (vocabulary ? wordsOf(vocabulary) : noWords), [vocabulary]);
  const complete = useMemo(() => completeDescriptor(words), [words]);
  return (
    <>
      <PageHead
        title={text.title}
        crumbs={[{ label: scorecardMessages.title, to: '/scorecards' }]}
        facts={
          <>
            {begun.title && <span>{text.of(begun.title)}</span>}
            <Belongs begun={begun} name={nameIn(source)} />
          </>
        }
        actions={
          <>
            {source !== begun.text && <Button onClick={forget}>{text.startOver}</Button>}
            <CopyButton value={source}>
              {({ copied, copy }) => (
                <Button variant="filled" onClick={copy}>
                  {copied ? messages.kit.copied : text.copy}
                </Button>
              )}
            </CopyButton>
          </>
        }
      />
      <div className={styles.editor}>
        <div>
          <CodeField label={text.text} minRows={24} value={source} onChange={setSource} complete={complete} />
          <p className={styles.hint}>{text.keys}</p>
        </div>
        <Beside source={asked} words={words} />
      </div>
    </>
  );
}
