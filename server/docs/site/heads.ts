/** What the start of a page tells of it, without rendering it. */
import { parse } from 'yaml';
import { isRecord } from '#model/value-words.ts';

export interface PageHead {
  title: string | undefined;
  /** Of a decision: `accepted`, `superseded`, … */
  status: string | undefined;
  /** YYYY-MM-DD. */
  date: string | undefined;
  /** Names of alerts that it is the runbook of. */
  alerts: string[];
}

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;
const LONGEST_FRONT_MATTER = 20_000;
const TITLE = /^(?:#[ \t]+(.+?)[ \t]*#*|([^\n#>|`\-*+ \t].*)\r?\n=+[ \t]*)$/m;
const FENCE = /^(```|~~~)[\s\S]*?^\1/gm;
const STATUS =
  /^(?:[-*][ \t]+)?\**status\**[ \t]*:?\**[ \t]*:?[ \t]*([A-Za-z][\w -]*)|^#+[ \t]*status[ \t]*\r?\n\s*\**([A-Za-z][\w -]*)/im;
const DATE = /^(?:[-*][ \t]+)?\**date\**[ \t]*:?\**[ \t]*:?[ \t]*(\d{4}-\d{2}-\d{2})/im;

/** Decisions in the forms of Nygard and MADR: status and date in the front matter, in a list or below a heading. */
export function readHead(text: string): PageHead {
  const [whole = '', yaml] = FRONT_MATTER.exec(text) ?? [];
  const matter = readMatter(yaml);
  const body = text.slice(whole.length, 16_000).replace(FENCE, '');
  const [, first, underlined] = TITLE.exec(body) ?? [];
  const [, listed, headed] = STATUS.exec(body) ?? [];
  const status = matterText(matter.status) ?? listed ?? headed;
  return {
    title: matterText(matter.title) ?? plain(first ?? underlined),
    status: status
      ?.trim()
      .toLowerCase()
      .split(/ by | \d/)[0],
    date: matterDate(matter.date) ?? DATE.exec(body)?.[1],
    alerts: Array.isArray(matter.alerts) ? matter.alerts.filter((name) => typeof name === 'string') : [],
  };
}

function readMatter(yaml: string | undefined): Record<string, unknown> {
  if (yaml === undefined || yaml.length > LONGEST_FRONT_MATTER) return {};
  try {
    const value: unknown = parse(yaml, { logLevel: 'silent', maxAliasCount: 20 });
    return isRecord(value) ? value : {};
  } catch {
    // The page itself says so.
    return {};
  }
}

function matterText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function matterDate(value: unknown): string | undefined {
  const text = value instanceof Date ? value.toISOString() : value;
  return typeof text === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] : undefined;
}

/** A heading without its marks: `**Big** [news](x.md) {#id}` is `Big news`. */
function plain(heading: string | undefined): string | undefined {
  const text = heading
    ?.replace(/\s*\{[^}]*\}\s*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}([^*_`]+)[*_`]{1,3}/g, '$1')
    .replace(/<[^>]+>/g, '')
    .trim();
  return text === '' ? undefined : text;
}

/** `how-to_deploy.md` is “How to deploy”. */
export function titleOfName(path: string): string {
  const words = path
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words.toLowerCase() === words ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}
