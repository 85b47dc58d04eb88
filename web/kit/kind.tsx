import { cx } from './cx.ts';
import styles from './kind.module.css';

interface Look {
  letter: string;
  hue: string;
}

const byType: Record<string, Look> = {
  service: { letter: 'S', hue: 'service' },
  website: { letter: 'W', hue: 'website' },
  library: { letter: 'L', hue: 'library' },
};
const byKind: Record<string, Look> = {
  component: { letter: 'C', hue: 'service' },
  api: { letter: 'A', hue: 'api' },
  resource: { letter: 'R', hue: 'resource' },
  system: { letter: 'Y', hue: 'system' },
  domain: { letter: 'D', hue: 'domain' },
  group: { letter: 'G', hue: 'group' },
  user: { letter: 'U', hue: 'user' },
  template: { letter: 'T', hue: 'template' },
  location: { letter: 'O', hue: 'location' },
};

export function kindLook(kind: string, type?: string | null): Look {
  const lower = kind.toLowerCase();
  const ofType = lower === 'component' && type ? byType[type] : undefined;
  return ofType ?? byKind[lower] ?? { letter: kind.slice(0, 1).toUpperCase(), hue: 'other' };
}

const plurals: Record<string, string> = {
  library: 'libraries',
  api: 'APIs',
  documentation: 'documentation',
  infrastructure: 'infrastructure',
};

/** What people call a thing: its type where that says more than its kind. */
export function kindWord(kind: string, type?: string | null): string {
  const lower = kind.toLowerCase();
  if (lower === 'component' && type) return type.replaceAll('-', ' ');
  return lower === 'api' ? 'API' : lower === 'group' ? 'team' : lower === 'user' ? 'person' : lower;
}

export function kindPlural(kind: string, type?: string | null): string {
  const lower = kind.toLowerCase();
  if (lower === 'user') return 'people';
  const word = kindWord(kind, type);
  return plurals[word.toLowerCase()] ?? `${word}s`;
}

/** The one glyph and hue of a kind. */
export function KindGlyph({ kind, type, large }: { kind: string; type?: string | null; large?: boolean }) {
  const { letter, hue } = kindLook(kind, type);
  return (
    <span className={cx(styles.glyph, large && styles.large)} data-hue={hue} title={kindWord(kind, type)}>
      <span aria-hidden="true">{letter}</span>
      <span className="visually-hidden">{kindWord(kind, type)}</span>
    </span>
  );
}
