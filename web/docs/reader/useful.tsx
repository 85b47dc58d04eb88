import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { type DocPage, pageQuery, sayUseful } from '../queries.ts';
import styles from './foot.module.css';

const text = docsMessages.respond;
type Useful = DocPage['useful'];

function counted({ yes, no, mine }: Useful, answer: boolean | null): Useful {
  const less = (number: number, was: boolean) => number - (mine === was ? 1 : 0);
  return {
    yes: less(yes, true) + (answer === true ? 1 : 0),
    no: less(no, false) + (answer === false ? 1 : 0),
    mine: answer,
  };
}

/** Two buttons; the one that was pressed takes its answer back. */
export function WasUseful({ page, version }: { page: DocPage; version: string | undefined }) {
  const client = useQueryClient();
  const { queryKey } = pageQuery(page.ref, page.page, version);
  const saying = useMutation({
    mutationFn: (answer: boolean | null) => sayUseful(page.ref, page.page, answer),
    onMutate: (answer) => {
      client.setQueryData(
        queryKey,
        (before) => before && { ...before, useful: counted(before.useful, answer) },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  const { yes, no, mine } = page.useful;
  const button = (answer: boolean) => (
    <Button
      aria-pressed={mine === answer}
      className={styles.answer ?? ''}
      leftSection={
        answer ? <ThumbsUp size={14} aria-hidden="true" /> : <ThumbsDown size={14} aria-hidden="true" />
      }
      onClick={() => saying.mutate(mine === answer ? null : answer)}
    >
      {answer ? text.yes : text.no}
    </Button>
  );
  return (
    <div className={styles.useful}>
      <h2>{text.useful}</h2>
      {button(true)}
      {button(false)}
      <span className={styles.quiet} role="status">
        {saying.error ? saying.error.message : yes + no > 0 && text.counts(yes, no)}
        {mine !== null && !saying.error && ` ${text.thanks}`}
      </span>
    </div>
  );
}
