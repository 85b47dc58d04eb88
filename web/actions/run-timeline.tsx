import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cx } from '#web/kit/cx.ts';
import { duration } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { useNow } from '#web/kit/time.tsx';
import styles from './actions.module.css';
import { answerStep, type Run, runKey } from './queries.ts';
import layout from './run.module.css';
import { StepState } from './run-state.tsx';

const text = messages.actions.run;
type Step = Run['steps'][number];

function Took({ step }: { step: Step }) {
  const now = useNow();
  if (!step.startedAt) return null;
  const end = step.endedAt ? Date.parse(step.endedAt) : now;
  return (
    <span className={styles.end}>{duration(Math.max(0, (end - Date.parse(step.startedAt)) / 1000))}</span>
  );
}

function Ask({ run, step }: { run: Run; step: Step }) {
  const client = useQueryClient();
  const answering = useMutation({
    mutationFn: (answer: 'done' | 'again') => answerStep(run.id, step.id, answer),
    onSuccess: () => client.invalidateQueries({ queryKey: runKey(run.id) }),
  });
  return (
    <div className={layout.asking}>
      <p>{step.note ?? text.asking}</p>
      <Button loading={answering.isPending} onClick={() => answering.mutate('done')}>
        {text.wasDone}
      </Button>
      <Button disabled={answering.isPending} onClick={() => answering.mutate('again')}>
        {text.again}
      </Button>
    </div>
  );
}

interface Props {
  run: Run;
  chosen: string | undefined;
  onChoose: (step: string | undefined) => void;
}

/** The steps in their order; one can be chosen, to see its part of the log alone. */
export function RunTimeline({ run, chosen, onChoose }: Props) {
  return (
    <ol className={layout.timeline}>
      {run.steps.map((step) => (
        <li key={step.id} className={cx(chosen === step.id && layout.stepOn)}>
          <button
            type="button"
            aria-pressed={chosen === step.id}
            onClick={() => onChoose(chosen === step.id ? undefined : step.id)}
          >
            <span className={layout.stepHead}>
              <b>{step.name}</b>
              <Took step={step} />
            </span>
            <span className={layout.stepHead}>
              <StepState state={step.state} />
              {step.attempts > 1 && <span className={styles.quiet}>{text.attempts(step.attempts)}</span>}
            </span>
          </button>
          {step.state === 'waiting' && step.note && <p className={styles.quiet}>{step.note}</p>}
          {step.error && <p className={styles.bad}>{step.error}</p>}
          {step.state === 'asking' && run.may.answer && <Ask run={run} step={step} />}
        </li>
      ))}
    </ol>
  );
}
