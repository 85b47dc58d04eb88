import { cx } from './cx.ts';
import styles from './kind.module.css';
import { capital, plural, typeWord } from './words.ts';

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
  scorecard: { letter: 'K', hue: 'template' },
  campaign: { letter: 'M', hue: 'template' },
  page: { letter: 'P', hue: 'library' },
};

export function kindLook(kind: string, type?: string | null): Look {
  const lower = kind.toLowerCase();
  const ofType = lower === 'component' && type ? byType[type] : undefined;
  return ofType ?? byKind[lower] ?? { letter: kind.slice(0, 1).toUpperCase(), hue: 'other' };
}

const words: Record<string, string> = { api: 'API', group: 'team', user: 'person' };

/** What people call a thing: its type where that says more than its kind. */
export function kindWord(kind: string, type?: string | null): string {
  const lower = kind.toLowerCase();
  if (lower === 'component' && type) return typeWord(type);
  return words[lower] ?? lower;
}

export function kindPlural(kind: string, type?: string | null): string {
  return plural(kindWord(kind, type));
}

/** `Service`, `API · OpenAPI`, `Team · business unit`. */
export function kindAndType(kind: string, type: string | null): string {
  const word = kindWord(kind, type);
  const said = type ? typeWord(type) : word;
  return capital(said === word ? word : `${word} · ${said}`);
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
