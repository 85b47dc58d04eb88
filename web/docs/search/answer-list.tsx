import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { cx } from '#web/kit/cx.ts';
import { KindGlyph } from '#web/kit/kind.tsx';
import { docsMessages as text } from '#web/kit/messages/docs.ts';
import { readRef } from '#web/kit/ref.ts';
import type { Answer } from '../queries.ts';
import { targetOf } from './answer-target.ts';
import styles from './search.module.css';
import type { Answers } from './use-answers.ts';

function Excerpt({ parts }: { parts: Answer['excerpt'] }) {
  let at = 0;
  return (
    <span className={styles.excerpt}>
      {parts.map((part) => {
        at += part.text.length;
        return part.match ? <mark key={at}>{part.text}</mark> : <Fragment key={at}>{part.text}</Fragment>;
      })}
    </span>
  );
}

interface ItemProps {
  answer: Answer;
  id: string;
  active: boolean;
  words: string;
  /** Within one site, whose name need not be said. */
  small: boolean;
  onHover: () => void;
  onOpen?: (() => void) | undefined;
}

function Item({ answer, id, active, words, small, onHover, onOpen }: ItemProps) {
  const trail = answer.trail.filter((heading) => heading !== answer.title);
  return (
    <Link
      {...targetOf(answer.href, words)}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={cx(styles.answer, active && styles.active)}
      onMouseMove={onHover}
      onClick={onOpen}
    >
      <span className={styles.answerHead}>
        {!small && <KindGlyph kind={readRef(answer.ref).kind} />}
        <b>{answer.title}</b>
        {trail.length > 0 && <span className={styles.trail}>{trail.join(' › ')}</span>}
      </span>
      <Excerpt parts={answer.excerpt} />
      {!small && (
        <span className={styles.source}>
          {text.answerKind[answer.kind]} · {answer.entity}
          {answer.owner && answer.owner.title !== answer.entity && ` · ${answer.owner.title}`}
          {answer.mine && <span className={styles.mine}>{text.mine}</span>}
        </span>
      )}
    </Link>
  );
}

interface Props {
  answers: Answers;
  words: string;
  small?: boolean;
  onOpen?: () => void;
}

/** Passages with the words marked, each leading to where it stands. */
export function AnswerList({ answers, words, small = false, onOpen }: Props) {
  return (
    <div
      id={answers.listId}
      role="listbox"
      aria-label={text.answers}
      aria-busy={answers.busy}
      className={cx(styles.list, small && styles.small)}
    >
      {answers.items.map((answer, index) => (
        <Item
          key={`${answer.kind} ${answer.href} ${answer.title}`}
          answer={answer}
          id={answers.optionId(index)}
          active={index === answers.active}
          words={words}
          small={small}
          onHover={() => answers.setActive(index)}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}
