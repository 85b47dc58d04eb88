import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './kit.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet';

/** A state as shape, word and colour: a disc is well, a square wants attention, a diamond is broken. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={cx(styles.status, styles[tone])}>
      <i aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}

export function levelTone(level: 'error' | 'warning' | 'info'): Tone {
  return level === 'error' ? 'bad' : level === 'warning' ? 'warn' : 'quiet';
}
