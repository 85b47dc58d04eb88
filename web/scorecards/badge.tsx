import { Button, CopyButton } from '@mantine/core';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { messages } from '#web/kit/messages.ts';
import { entityPath } from '#web/kit/ref.ts';
import styles from './ladder.module.css';
import { badgePath, type Ladder } from './queries.ts';

const text = scorecardMessages.entity;

/** A picture of the level that leads back here, in Markdown. */
function markdownOf(entityRef: string, ladder: Ladder): string {
  const { origin } = window.location;
  const picture = `![${ladder.title}](${origin}${badgePath(entityRef, ladder.scorecard)})`;
  return `[${picture}](${origin}${entityPath(entityRef)}?tab=scorecards)`;
}

/** For a README: how it looks, and what to put there. */
export function Badge({ entityRef, ladder }: { entityRef: string; ladder: Ladder }) {
  const markdown = markdownOf(entityRef, ladder);
  return (
    <details className={`${styles.more} ${styles.badge}`}>
      <summary>
        {text.badge}
        <span className="visually-hidden"> {ladder.title}</span>
      </summary>
      <div>
        <img
          src={badgePath(entityRef, ladder.scorecard)}
          alt={text.badgeOf(ladder.title)}
          height={20}
          loading="lazy"
        />
        <code>{markdown}</code>
        <CopyButton value={markdown}>
          {({ copied, copy }) => (
            <Button h={28} title={text.badgeHint} onClick={copy}>
              {copied ? messages.kit.copied : messages.kit.copy}
            </Button>
          )}
        </CopyButton>
      </div>
    </details>
  );
}
