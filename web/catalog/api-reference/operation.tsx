import { ChevronRight } from 'lucide-react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import type { ApiBody, ApiOperation } from './model.ts';
import styles from './reference.module.css';
import { FieldList, SchemaTree } from './schema-tree.tsx';

const text = messages.entity.api;
const writing = new Set(['POST', 'PUT', 'PATCH', 'SEND', 'PUBLISH', 'MUTATION']);

function toneOf(verb: string): string {
  return verb === 'DELETE' ? 'bad' : writing.has(verb) ? 'warn' : 'accent';
}

function Bodies({ title, bodies }: { title: string; bodies: readonly ApiBody[] }) {
  if (bodies.length === 0) return null;
  return (
    <div className={styles.part}>
      <h4>{title}</h4>
      {bodies.map((body) => (
        <div key={body.label} className={styles.body}>
          <p>
            <code>{body.label}</code> <span className={styles.dim}>{body.description}</span>
          </p>
          {body.schema && <SchemaTree field={body.schema} />}
        </div>
      ))}
    </div>
  );
}

interface Props {
  operation: ApiOperation;
  opened: boolean;
  onToggle: (opened: boolean) => void;
}

export function Operation({ operation, opened, onToggle }: Props) {
  const id = `op-${operation.id}`;
  return (
    <article id={id} className={styles.operation}>
      <h3>
        <button
          type="button"
          aria-expanded={opened}
          aria-controls={`${id}-body`}
          onClick={() => onToggle(!opened)}
        >
          <ChevronRight size={14} aria-hidden="true" className={cx(opened && styles.turned)} />
          <span className={styles.verb} data-tone={toneOf(operation.verb)}>
            {operation.verb}
          </span>
          <code className={cx(operation.deprecated && styles.struck)}>{operation.name}</code>
          <span className={styles.summary}>{operation.summary}</span>
          {operation.deprecated && <span className={styles.warn}>{text.deprecated}</span>}
        </button>
      </h3>
      <div id={`${id}-body`} hidden={!opened} className={styles.details}>
        {opened && (
          <>
            {operation.description && <p className={styles.prose}>{operation.description}</p>}
            {operation.parameters.length > 0 && (
              <div className={styles.part}>
                <h4>{text.parameters}</h4>
                <FieldList fields={operation.parameters} />
              </div>
            )}
            <Bodies title={text.request} bodies={operation.request} />
            <Bodies title={text.responses} bodies={operation.responses} />
          </>
        )}
      </div>
    </article>
  );
}
