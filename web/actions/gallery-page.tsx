import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { templatePath } from '#web/kit/template-link.ts';
import { useUrl } from '#web/kit/url.ts';
import styles from './actions.module.css';
import { type TemplateCard, templatesQuery } from './queries.ts';

const text = messages.actions;

function Card({ card }: { card: TemplateCard }) {
  return (
    <li className={styles.card}>
      <h2>
        <Link to={templatePath(card.ref)}>{card.title}</Link>
      </h2>
      <p className={styles.about}>{card.description}</p>
      <p className={styles.cardFacts}>
        {card.owner ? <PartyLink party={card.owner} /> : <span>{text.noOwner}</span>}
        {card.savesMinutes !== null && <span>{text.saves(card.savesMinutes)}</span>}
        <span>{text.runs(card.runs, card.succeeded)}</span>
        {card.for && <span>{text.actsOn(card.for)}</span>}
      </p>
      {card.obstacles.length > 0 && (
        <p className={styles.warn}>
          {text.notStartable}: {card.obstacles[0]}
        </p>
      )}
    </li>
  );
}

function Tags({ cards }: { cards: readonly TemplateCard[] }) {
  const url = useUrl();
  const chosen = url.all('tag');
  const tags = [...new Set(cards.flatMap((card) => card.tags))].sort();
  return (
    <ul className={styles.tags}>
      {tags.map((tag) => {
        const on = chosen.includes(tag);
        return (
          <li key={tag}>
            <button
              type="button"
              aria-pressed={on}
              className={cx(styles.tag, on && styles.tagOn)}
              onClick={() => url.set({ tag: on ? chosen.filter((one) => one !== tag) : [...chosen, tag] })}
            >
              {tag}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function matches(card: TemplateCard, words: string, tags: readonly string[]): boolean {
  const all = `${card.title} ${card.description ?? ''} ${card.tags.join(' ')}`.toLowerCase();
  return (
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word)) && tags.every((tag) => card.tags.includes(tag))
  );
}

function Gallery({ cards }: { cards: readonly TemplateCard[] }) {
  const url = useUrl();
  const words = url.one('q') ?? '';
  const shown = cards.filter((card) => matches(card, words, url.all('tag')));
  if (cards.length === 0) return <EmptyState title={text.empty} hint={text.emptyHint} />;
  return (
    <>
      <div className={styles.filters}>
        <TextInput
          type="search"
          aria-label={text.search}
          placeholder={text.search}
          value={words}
          onChange={(event) => url.set({ q: event.currentTarget.value })}
        />
        <Tags cards={cards} />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={text.none} />
      ) : (
        <ul className={styles.gallery}>
          {shown.map((card) => (
            <Card key={card.ref} card={card} />
          ))}
        </ul>
      )}
    </>
  );
}

/** What one may start. */
export function GalleryPage() {
  const templates = useQuery(templatesQuery());
  return (
    <>
      <PageHead
        title={text.title}
        facts={templates.data && <span>{text.facts(templates.data.items.length)}</span>}
        actions={<ButtonLink to="/actions/editor">{text.newAction}</ButtonLink>}
      />
      <div className={styles.page}>
        <Load query={templates}>{({ items }) => <Gallery cards={items} />}</Load>
      </div>
    </>
  );
}
