import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { safeHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { Load } from '#web/kit/states.tsx';
import { templatePath } from '#web/kit/template-link.ts';
import { Time } from '#web/kit/time.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './actions.module.css';
import { changeRun, type Run, runKey, runQuery } from './queries.ts';
import { Answers } from './review.tsx';
import layout from './run.module.css';
import { RunLog } from './run-log.tsx';
import { RunState } from './run-state.tsx';
import { RunTimeline } from './run-timeline.tsx';
import { useRunEvents } from './use-run-events.ts';

const text = messages.actions.run;

function Actions({ run }: { run: Run }) {
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: (change: 'cancel' | 'retry' | 'roll-back') => changeRun(run.id, change),
    onSuccess: () => client.invalidateQueries({ queryKey: runKey(run.id) }),
  });
  const button = (change: 'cancel' | 'retry' | 'roll-back', label: string, main = false) => (
    <Button
      variant={main ? 'filled' : 'default'}
      loading={changing.isPending && changing.variables === change}
      onClick={() => changing.mutate(change)}
    >
      {label}
    </Button>
  );
  return (
    <>
      {changing.error && <span className={styles.bad}>{changing.error.message}</span>}
      {run.may.cancel && button('cancel', text.cancel)}
      {run.may.rollBack && button('roll-back', text.rollBack)}
      {run.may.retry && button('retry', text.retry, true)}
    </>
  );
}

function Output({ run }: { run: Run }) {
  const { links, text: texts } = run.output;
  if (links.length === 0 && texts.length === 0) return null;
  return (
    <Section title={text.output}>
      <ul className={layout.links}>
        {links.map((link) => (
          <li key={link.title + (link.url ?? link.entityRef)}>
            {link.entityRef ? (
              <EntityLink entityRef={link.entityRef} title={link.title} glyph />
            ) : (
              <a href={safeHref(link.url ?? undefined)} target="_blank" rel="noreferrer">
                {link.title}
              </a>
            )}
          </li>
        ))}
      </ul>
      {texts.map(({ title, content }) => (
        <div key={title ?? content}>
          {title && <h3>{title}</h3>}
          <p className={layout.outputText}>{content}</p>
        </div>
      ))}
    </Section>
  );
}

function Content({ run }: { run: Run }) {
  const url = useUrl();
  const events = useRunEvents(run.id);
  const step = url.one('step');
  const inputs = {
    ...run.values,
    ...Object.fromEntries(run.secretNames.map((name) => [name, messages.actions.secret])),
  };
  return (
    <div className={layout.run}>
      <div>
        <Section title={text.steps}>
          <RunTimeline run={run} chosen={step} onChoose={(chosen) => url.set({ step: chosen })} />
        </Section>
        <Section title={text.inputs}>
          {Object.keys(inputs).length === 0 ? (
            <p className={styles.quiet}>{text.noInputs}</p>
          ) : (
            <Answers values={inputs} titles={new Map()} />
          )}
        </Section>
      </div>
      <div>
        {run.error && (
          <p role="alert" className={styles.bad}>
            {run.error}
          </p>
        )}
        <Output run={run} />
        <Section title={text.log}>
          <RunLog events={events} step={step} />
        </Section>
      </div>
    </div>
  );
}

/** One run: how far it is, what it says, what came of it. */
export function RunPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const run = useQuery(runQuery(id));
  return (
    <Load query={run}>
      {(data) => (
        <>
          <PageHead
            title={data.templateTitle}
            crumbs={[{ label: text.title, to: '/runs' }]}
            facts={
              <>
                <RunState state={data.state} />
                <PartyLink party={data.startedBy} />
                <Time at={data.createdAt} />
                {data.entity && <EntityLink entityRef={data.entity} glyph />}
                <Link to={templatePath(data.template)}>{text.action}</Link>
              </>
            }
            actions={<Actions run={data} />}
          />
          <Content run={data} />
        </>
      )}
    </Load>
  );
}
