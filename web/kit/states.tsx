import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from './api.ts';
import styles from './kit.module.css';
import { messages } from './messages.ts';
import { Section } from './page-head.tsx';

interface EmptyProps {
  /** Left out where the page's own title says it. */
  title?: string;
  hint?: string;
  action?: ReactNode;
}

/** One sentence that says what would fill the place, and the button that does. */
export function EmptyState({ title, hint, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      {title && <p className={styles.emptyTitle}>{title}</p>}
      {hint && <p>{hint}</p>}
      {action}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const known = error instanceof ApiError;
  return (
    <div className={styles.empty} role="alert">
      <p className={styles.emptyTitle}>{error instanceof Error ? error.message : messages.kit.failed}</p>
      <p>{known ? error.remedy : messages.kit.failedRemedy}</p>
      {known && <p className={styles.faint}>{error.code}</p>}
      {onRetry && <Button onClick={onRetry}>{messages.kit.retry}</Button>}
    </div>
  );
}

const bones = [34, 47, 29, 52, 41, 31, 49, 37, 45, 28, 54, 39, 43, 33, 51, 36].map((width) => `${width}%`);

/** Rows of the final layout while they are on their way. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" aria-label={messages.kit.loading}>
      {bones.slice(0, rows).map((width) => (
        <div className={styles.row} key={width}>
          <Skeleton width={18} height={18} />
          <Skeleton width={width} height={12} />
          <span className={styles.end}>
            <Skeleton width={64} height={12} />
          </span>
        </div>
      ))}
    </div>
  );
}

interface Loaded<T> {
  data: T | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface LoadProps<T> {
  query: Loaded<T>;
  rows?: number;
  /** Of the section that the data bring with them, so that it does not push in later. */
  title?: string;
  children: (data: T) => ReactNode;
}

/** Skeleton, then the data; an error only where there is nothing older to show. */
export function Load<T>({ query, rows, title, children }: LoadProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const bones = <SkeletonRows {...(rows !== undefined && { rows })} />;
  return title ? <Section title={title}>{bones}</Section> : bones;
}
