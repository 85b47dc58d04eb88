import { useQuery } from '@tanstack/react-query';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { refName } from '#web/kit/ref.ts';
import { useUrl } from '#web/kit/url.ts';
import styles from './docs.module.css';
import { sitesQuery } from './queries.ts';

const text = docsMessages.library;
/** More than any list of sites that a person would scroll through. */
const ASKED = 200;

/** Owners that have written something. */
export function OwnerFilter() {
  const url = useUrl();
  const owner = url.one('owner');
  const cards = useQuery(sitesQuery({ limit: ASKED })).data?.items ?? [];
  const owners = new Map(cards.flatMap((card) => (card.owner ? [[card.owner.ref, card.owner.title]] : [])));
  if (owner && !owners.has(owner)) owners.set(owner, refName(owner));
  if (owners.size === 0) return null;
  const sorted = [...owners].sort(([, a], [, b]) => a.localeCompare(b));
  return (
    <div className={styles.filters}>
      <select
        aria-label={text.owner}
        value={owner ?? ''}
        onChange={(event) => url.set({ owner: event.currentTarget.value || undefined }, { push: true })}
      >
        <option value="">{text.anyOwner}</option>
        {sorted.map(([ref, title]) => (
          <option key={ref} value={ref}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
