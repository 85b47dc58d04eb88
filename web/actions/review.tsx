import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { FormEnd } from '#web/kit/form-end.tsx';
import { valueText } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import styles from './actions.module.css';
import { PlanView } from './plan-view.tsx';
import { planRun, type StartBody, startRun, type TemplatePage } from './queries.ts';

const text = messages.actions;

/** Titles of the questions, for the answers to be named by. */
function titlesOf({ pages }: TemplatePage): Map<string, string> {
  const titles = new Map<string, string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== 'properties' || typeof inner !== 'object' || inner === null) visit(inner);
      else
        for (const [name, schema] of Object.entries(inner as Record<string, { title?: unknown }>)) {
          titles.set(name, typeof schema?.title === 'string' ? schema.title : name);
        }
    }
  };
  for (const { schema } of pages) visit(schema);
  return titles;
}

export function Answers({
  values,
  titles,
}: {
  values: Record<string, unknown>;
  titles: Map<string, string>;
}) {
  return (
    <dl className={styles.answers}>
      {Object.entries(values).map(([name, value]) => (
        <div key={name}>
          <dt>{titles.get(name) ?? name}</dt>
          <dd>{valueText(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface Props {
  template: TemplatePage;
  body: StartBody;
  onBack: () => void;
  onStarted: () => void;
}

/** The answers and the plan, before anything is done. */
export function Review({ template, body, onBack, onStarted }: Props) {
  const navigate = useNavigate();
  // A second click, or a repeated request, is the same run.
  const key = useRef(crypto.randomUUID());
  const plan = useQuery({
    queryKey: ['plan', body.template, body.values, body.entity],
    queryFn: () => planRun(body),
    retry: false,
    gcTime: 0,
  });
  const starting = useMutation({
    mutationFn: () => startRun({ ...body, key: key.current }),
    onSuccess: ({ id }) => {
      onStarted();
      void navigate({ to: `/runs/${id}` } as Parameters<typeof navigate>[0]);
    },
  });
  const refused = (plan.data?.refusals.length ?? 0) > 0;
  return (
    <div className={styles.review}>
      <div>
        <Section title={text.answers}>
          <Answers values={{ ...body.values }} titles={titlesOf(template)} />
        </Section>
        <form
          className={styles.formEnd}
          onSubmit={(event) => {
            event.preventDefault();
            starting.mutate();
          }}
        >
          <Button onClick={onBack}>{template.presentation.back}</Button>
          <FormEnd
            submit={template.presentation.create}
            busy={starting.isPending}
            disabled={refused || !template.card.mayStart}
            error={starting.error}
          />
        </form>
      </div>
      <Section title={text.plan.title}>
        <Load query={plan} rows={5}>
          {(data) => <PlanView plan={data} />}
        </Load>
      </Section>
    </div>
  );
}
