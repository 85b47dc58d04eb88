import { Link } from '@tanstack/react-router';
import { type Ref, useState } from 'react';
import { KindGlyph } from '#web/kit/kind.tsx';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { entityPath } from '#web/kit/ref.ts';
import { docsPath, keptSearch } from '../paths.ts';
import type { DocSite, SiteCard } from '../queries.ts';
import { AnswerList } from '../search/answer-list.tsx';
import searchStyles from '../search/search.module.css';
import { SearchField } from '../search/search-field.tsx';
import { useAnswers } from '../search/use-answers.ts';
import { NavTree } from './nav-tree.tsx';
import styles from './reader.module.css';
import { decisionsOf } from './site-tree.ts';
import type { Place } from './use-place.ts';
import { VersionSwitch } from './version-switch.tsx';

const text = docsMessages.reader;

function Parts({ parts }: { parts: readonly SiteCard[] }) {
  if (parts.length === 0) return null;
  return (
    <section className={styles.parts}>
      <h2>{text.parts}</h2>
      <ul>
        {parts.map((part) => (
          <li key={part.ref}>
            <Link to={docsPath(part.ref)}>
              <KindGlyph kind={part.kind} type={part.type} />
              <span>{part.title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  site: DocSite;
  place: Place;
  /** Of the field that `/` leads to. */
  field?: Ref<HTMLInputElement>;
  onGo?: () => void;
}

function Tree({ site, place, onGo }: Props) {
  const { ref } = site.card;
  const own = place.ref === ref && !place.decisions;
  const here = own ? { page: place.page } : { path: place.decisions ? '' : docsPath(place.ref) };
  const decisions = decisionsOf(site.nav);
  return (
    <nav aria-label={text.nav}>
      <NavTree siteRef={ref} nav={site.nav} here={here} version={place.version} onGo={onGo} />
      {decisions.length > 1 && (
        <Link
          to={docsPath(ref)}
          search={{ ...keptSearch(place.version), show: 'decisions' } as never}
          className={styles.timelineLink}
          aria-current={place.decisions ? 'page' : undefined}
          activeOptions={{ exact: true, includeSearch: true }}
          onClick={onGo}
        >
          {docsMessages.decisions.timeline}
        </Link>
      )}
      <Parts parts={site.parts} />
    </nav>
  );
}

/** The site at the left: what it is of, the search within it, and its pages. */
export function SitePane({ site, place, field, onGo }: Props) {
  const [words, setWords] = useState('');
  const { card } = site;
  const answers = useAnswers({ words, site: card.ref, limit: 12, onOpen: onGo });
  const searching = words.trim() !== '';
  return (
    <>
      <div className={styles.siteHead}>
        <Link to={docsPath(card.ref)} search={keptSearch(place.version) as never} onClick={onGo}>
          <KindGlyph kind={card.kind} type={card.type} />
          <b>{card.title}</b>
        </Link>
      </div>
      <Link to={entityPath(card.ref)} className={styles.toEntity}>
        {text.toPage} →
      </Link>
      <VersionSwitch versions={site.versions} version={place.version} />
      <search className={styles.siteSearch}>
        <SearchField
          {...(field && { ref: field })}
          label={text.searchSite}
          value={words}
          answers={answers}
          onChange={setWords}
        />
      </search>
      {searching && answers.empty && (
        <p className={searchStyles.quiet}>{docsMessages.nothing(words.trim())}</p>
      )}
      {searching ? (
        <AnswerList small answers={answers} words={words.trim()} {...(onGo && { onOpen: onGo })} />
      ) : (
        <Tree site={site} place={place} {...(onGo && { onGo })} />
      )}
    </>
  );
}
