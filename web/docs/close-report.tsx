import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { docs } from '#web/kit/live.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { useMay } from '#web/kit/session.ts';
import styles from './docs.module.css';
import { closeReport, type DocProblem } from './queries.ts';

const text = docsMessages.respond;

/** For whoever owns the page: what a reader reported is mended. Its issue is closed with it. */
export function CloseReport({ report }: Pick<DocProblem, 'report'>) {
  const client = useQueryClient();
  const mayClose = useMay('docs.report.close');
  const closing = useMutation({
    mutationFn: (id: string) => closeReport(id),
    onSuccess: () => client.invalidateQueries({ queryKey: [docs] }),
  });
  if (!report || !(mayClose || report.mine)) return null;
  return (
    <>
      <Button loading={closing.isPending} onClick={() => closing.mutate(report.id)}>
        {text.closeReport}
      </Button>
      {closing.error && (
        <span className={styles.quiet} role="alert">
          {closing.error.message}
        </span>
      )}
    </>
  );
}
