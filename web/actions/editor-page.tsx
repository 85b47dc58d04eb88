import { Button, CopyButton } from '@mantine/core';
import { useDebouncedValue, useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CodeField } from '#web/kit/code-field.tsx';
import { placeText } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { levelTone, Status } from '#web/kit/status.tsx';
import styles from './actions.module.css';
import { SchemaForm, type Values } from './form/schema-form.tsx';
import { type TemplatePage, type Validated, validateTemplate } from './queries.ts';
import { starter } from './starter.ts';

const text = messages.actions.editor;
const TYPING_MS = 400;

function Problems({ problems }: { problems: Validated['problems'] }) {
  if (problems.length === 0) return <Status tone="good">{text.valid}</Status>;
  return (
    <ul>
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.message}`}>
          <Status tone={levelTone(problem.level)}>
            {placeText(messages.actions.editor.text, problem.line, problem.column)}
          </Status>{' '}
          {problem.message} <span className={styles.quiet}>{problem.remedy}</span>
        </li>
      ))}
    </ul>
  );
}

function Preview({ template }: { template: TemplatePage }) {
  const [values, setValues] = useState<Values>({});
  return (
    <>
      {template.pages.map((page) => (
        <div key={page.title} className={styles.previewPage}>
          <h3>{page.title}</h3>
          <SchemaForm
            schema={page.schema}
            values={values}
            onChange={setValues}
            onSubmit={() => undefined}
            secrets={{}}
            setSecret={() => undefined}
          >
            <span />
          </SchemaForm>
        </div>
      ))}
    </>
  );
}

/** Writes a template beside the form that it makes. */
export function EditorPage() {
  const [source, setSource] = useLocalStorage({
    key: 'atrium-template-editor',
    defaultValue: starter,
    getInitialValueInEffect: false,
  });
  const [asked] = useDebouncedValue(source, TYPING_MS);
  const checked = useQuery({
    queryKey: ['validate-template', asked],
    queryFn: () => validateTemplate(asked),
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead
        title={text.title}
        crumbs={[{ label: messages.actions.title, to: '/actions' }]}
        facts={<span>{text.hint}</span>}
        actions={
          <CopyButton value={source}>
            {({ copied, copy }) => (
              <Button onClick={copy}>{copied ? messages.kit.copied : messages.kit.copy}</Button>
            )}
          </CopyButton>
        }
      />
      <div className={styles.editor}>
        <CodeField label={text.text} minRows={24} value={source} onChange={setSource} />
        <div>
          <Load query={checked}>
            {({ problems, template }) => (
              <>
                <Problems problems={problems} />
                {template && (
                  <Section title={text.preview}>
                    <Preview template={template} />
                  </Section>
                )}
              </>
            )}
          </Load>
        </div>
      </div>
    </>
  );
}
