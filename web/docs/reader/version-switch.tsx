import { docsMessages } from '#web/kit/messages/docs.ts';
import { useUrl } from '#web/kit/url.ts';
import type { DocSite } from '../queries.ts';
import styles from './reader.module.css';

const text = docsMessages.reader;

function Options({ label, names }: { label: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <optgroup label={label}>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

/** The site as it is now, on a branch, or at a tag. */
export function VersionSwitch({
  versions,
  version,
}: Pick<DocSite, 'versions'> & { version: string | undefined }) {
  const url = useUrl();
  const { current, branches, tags } = versions;
  const others = branches.filter((name) => name !== current);
  if (others.length + tags.length === 0 && !version) return null;
  const listed = version === undefined || others.includes(version) || tags.includes(version);
  return (
    <select
      className={styles.version}
      aria-label={text.version}
      value={version ?? ''}
      onChange={(event) => url.set({ version: event.currentTarget.value || undefined }, { push: true })}
    >
      <option value="">{current ? text.nowAt(current) : text.now}</option>
      {!listed && <option value={version}>{version}</option>}
      <Options label={text.branches} names={others} />
      <Options label={text.tags} names={tags} />
    </select>
  );
}
