import { messages } from '#web/kit/messages.ts';
import { Status } from '#web/kit/status.tsx';
import styles from './actions.module.css';
import { FileTree } from './file-tree.tsx';
import type { Plan } from './queries.ts';

const text = messages.actions.plan;

function Calls({ calls }: { calls: Plan['calls'] }) {
  if (calls.length === 0) return <p className={styles.quiet}>{text.noCalls}</p>;
  return (
    <ol className={styles.calls}>
      {calls.map((call) => (
        <li key={`${call.step} ${call.summary}`}>
          <p>
            {call.summary} <code>{call.action}</code>
          </p>
          <p className={styles.quiet}>
            {call.target && `${call.target} · `}
            {call.undo ? `${text.undo}: ${call.undo}` : text.final}
          </p>
          {Object.keys(call.detail).length > 0 && (
            <details>
              <summary>{messages.actions.run.inputs}</summary>
              <pre>{JSON.stringify(call.detail, null, 2)}</pre>
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

function Steps({ steps }: { steps: Plan['steps'] }) {
  return (
    <ol className={styles.planSteps}>
      {steps.map((step) => (
        <li key={step.id}>
          {step.error ? (
            <Status tone="bad">{step.name}</Status>
          ) : (
            <Status tone={step.skipped ? 'quiet' : 'good'}>{step.name}</Status>
          )}
          <code>{step.action}</code>
          {step.skipped && <span className={styles.quiet}>{text.skipped}</span>}
          {step.error && <span className={styles.bad}>{step.error}</span>}
        </li>
      ))}
    </ol>
  );
}

/** What a run would do: whom it must ask, what it would make, what it would do outside. */
export function PlanView({ plan }: { plan: Plan }) {
  return (
    <div className={styles.plan}>
      {plan.refusals.length > 0 && (
        <div role="alert">
          <h3>{text.refusals}</h3>
          <ul>
            {plan.refusals.map((refusal) => (
              <li key={refusal}>
                <Status tone="bad">{refusal}</Status>
              </li>
            ))}
          </ul>
        </div>
      )}
      {plan.approvals.length > 0 && (
        <div>
          <h3>{text.approvals}</h3>
          <ul>
            {plan.approvals.map(({ step, summary, quorum }) => (
              <li key={step}>{text.from(summary, quorum)}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <h3>{text.steps}</h3>
        <Steps steps={plan.steps} />
      </div>
      <div>
        <h3>{text.calls}</h3>
        <Calls calls={plan.calls} />
      </div>
      {plan.files.length > 0 && (
        <div>
          <h3>{text.files(plan.files.length)}</h3>
          <FileTree files={plan.files} />
        </div>
      )}
    </div>
  );
}
