import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FormEnd } from '#web/kit/form-end.tsx';
import { safeHref } from '#web/kit/href.ts';
import kit from '#web/kit/kit.module.css';
import { docs } from '#web/kit/live.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { Sheet } from '#web/kit/sheet.tsx';
import { type DocPage, type Reported, reportPage } from '../queries.ts';
import styles from './foot.module.css';

const text = docsMessages.respond;
const SHORTEST = 3;
const LONGEST = 2000;

/** What is selected on the page that is read. */
export function selectedText(): string {
  const selection = getSelection();
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  if (!selection || !element?.closest('[data-article]')) return '';
  return selection.toString().trim().slice(0, LONGEST);
}

function Sent({ answer, onAgain }: { answer: Reported; onAgain: () => void }) {
  const issue = safeHref(answer.issue ?? undefined);
  return (
    <div className={kit.form} role="status">
      <p>
        <b>{text.sent}.</b> {answer.note}
      </p>
      <div className={kit.formEnd}>
        {issue && (
          <Button component="a" href={issue} target="_blank" rel="noreferrer" variant="filled">
            {text.issue}
          </Button>
        )}
        <Button onClick={onAgain}>{text.another}</Button>
      </div>
    </div>
  );
}

interface Props {
  page: DocPage;
  selection: string;
  onClose: () => void;
}

/** Tells the owner what is wrong, beside the text that it is about. */
export function ReportSheet({ page, selection, onClose }: Props) {
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const [quote, setQuote] = useState(selection);
  const reporting = useMutation({
    mutationFn: () => reportPage(page.ref, page.page, { comment, ...(quote && { selection: quote }) }),
    onSuccess: () => client.invalidateQueries({ queryKey: [docs] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reporting.mutate();
  };
  const again = () => {
    setComment('');
    setQuote('');
    reporting.reset();
  };
  return (
    <Sheet label={text.report} side="right" onClose={onClose}>
      {reporting.data ? (
        <Sent answer={reporting.data} onAgain={again} />
      ) : (
        <form className={kit.form} aria-label={text.report} onSubmit={submit}>
          <div>
            <p className={styles.quiet}>
              {text.about} {!quote && text.wholePage}
            </p>
            {quote && (
              <>
                <blockquote className={styles.quote}>{quote}</blockquote>
                <Button onClick={() => setQuote('')}>{text.forget}</Button>
              </>
            )}
          </div>
          <Textarea
            label={text.comment}
            description={text.commentHint}
            required
            data-autofocus
            minLength={SHORTEST}
            maxLength={LONGEST}
            autosize
            minRows={4}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
          <FormEnd submit={text.send} busy={reporting.isPending} error={reporting.error} onCancel={onClose} />
        </form>
      )}
    </Sheet>
  );
}
