import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { Status } from '#web/kit/status.tsx';
import styles from './editor.module.css';
import type { Tried } from './queries.ts';

const text = scorecardMessages.editor;

/** Line and column, as editors count them. */
export function positionOf(source: string, offset: number): string {
  const before = source.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** Why a check can't be checked, and the very place. */
export function Fault({ fault, source }: { fault: NonNullable<Tried['fault']>; source: string }) {
  const { message, start } = fault;
  // A fault at the end of the text marks its last letter.
  const from = Math.max(0, Math.min(start, source.length - 1));
  const to = Math.max(from + 1, fault.end);
  return (
    <div className={styles.fault} role="alert">
      <Status tone="bad">{text.fault(positionOf(source, start))}</Status>
      <p>{message}</p>
      <pre>
        {source.slice(0, from)}
        <mark>{source.slice(from, to)}</mark>
        {source.slice(to)}
      </pre>
    </div>
  );
}
