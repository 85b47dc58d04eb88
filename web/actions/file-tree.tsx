import { FileText, Folder } from 'lucide-react';
import { useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import styles from './actions.module.css';
import type { Plan } from './queries.ts';

type File = Plan['files'][number];

interface Line {
  key: string;
  name: string;
  depth: number;
  file: File | undefined;
}

/** Folders and files as lines, each folder before what it holds. */
function linesOf(files: readonly File[]): Line[] {
  const lines: Line[] = [];
  const folders = new Set<string>();
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const parts = file.path.split('/');
    for (let depth = 0; depth < parts.length - 1; depth++) {
      const path = parts.slice(0, depth + 1).join('/');
      if (folders.has(path)) continue;
      folders.add(path);
      lines.push({ key: `${path}/`, name: parts[depth] ?? '', depth, file: undefined });
    }
    lines.push({ key: file.path, name: parts.at(-1) ?? '', depth: parts.length - 1, file });
  }
  return lines;
}

/** The files that a run would make, and what each holds. */
export function FileTree({ files }: { files: readonly File[] }) {
  const [path, setPath] = useState(files.find((file) => /readme/i.test(file.path))?.path ?? files[0]?.path);
  const shown = files.find((file) => file.path === path);
  return (
    <div className={styles.files}>
      <ul>
        {linesOf(files).map(({ key, name, depth, file }) => (
          <li key={key} data-depth={Math.min(depth, 6)}>
            {file ? (
              <button
                type="button"
                aria-pressed={key === path}
                className={cx(styles.file, key === path && styles.fileOn)}
                onClick={() => setPath(key)}
              >
                <FileText size={14} aria-hidden="true" /> {name}
              </button>
            ) : (
              <span className={styles.folder}>
                <Folder size={14} aria-hidden="true" /> {name}
              </span>
            )}
          </li>
        ))}
      </ul>
      {shown && (
        <section aria-label={shown.path} className={styles.content}>
          <p className={styles.quiet}>{shown.path}</p>
          <pre>{shown.text ?? messages.actions.plan.binary}</pre>
        </section>
      )}
    </div>
  );
}
