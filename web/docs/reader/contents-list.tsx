import { Link } from '@tanstack/react-router';
import { cx } from '#web/kit/cx.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { goTo, targetIn } from '../article/open-target.ts';
import type { DocPage } from '../queries.ts';
import styles from './contents.module.css';
import { useCurrentHeading } from './use-current-heading.ts';

const DEEPEST = 3;

interface Props {
  headings: DocPage['headings'];
  onGo?: () => void;
}

/** The headings of the page; where one reads is marked. */
export function ContentsList({ headings, onGo }: Props) {
  const shown = headings.filter(({ level }) => level > 1 && level <= DEEPEST);
  const current = useCurrentHeading(shown);
  if (shown.length === 0) return null;
  const go = (id: string) => {
    onGo?.();
    // The address may point there already.
    const article = document.querySelector('[data-article]');
    const target = article && targetIn(article, id);
    if (target) requestAnimationFrame(() => goTo(target));
  };
  return (
    <ul className={styles.contents}>
      {shown.map(({ id, level, text }) => (
        <li key={id}>
          <Link
            to="."
            hash={id}
            search={((before: object) => before) as never}
            resetScroll={false}
            className={cx(styles.heading, level > 2 && styles.deep, id === current && styles.current)}
            aria-current={id === current ? 'location' : undefined}
            activeOptions={{ exact: true, includeHash: true }}
            data-heading={id}
            onClick={() => go(id)}
          >
            {text}
          </Link>
        </li>
      ))}
    </ul>
  );
}

export const contentsLabel = docsMessages.reader.contents;
