import { lineOf } from '../reading/parse.ts';
import { isBorrowed } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { isLockFile } from './lock-files.ts';
import { observation } from './observation.ts';
import { ownFiles } from './own-files.ts';
import { COUNT, TEXT } from './schema-parts.ts';
import {
  ENCODED_KEY,
  entropyOf,
  isRandom,
  KEY_BODY,
  LIKELY,
  ONLY_ABOUT,
  PRIVATE_KEY,
  SECRET_KINDS,
  SETTING,
} from './secret-kinds.ts';

const MOST_PLACES = 20;
/** Looking through a file costs less than what others do with it; a file that nobody looked at may hold anything. */
const MOST_SCANNED = 2000;

export const secrets: FactCollector = {
  name: 'secrets',
  title: 'Secrets in the tree',
  description:
    'Private keys, tokens and passwords that lie open in its files, known by their form. Where they stand is told, never what they are.',
  schema: {
    type: 'object',
    required: ['places', 'scanned'],
    properties: {
      found: {
        ...COUNT,
        description:
          'Left out where there is none in the files that were looked through, and others were not',
      },
      places: {
        type: 'array',
        maxItems: MOST_PLACES,
        items: {
          type: 'object',
          required: ['path', 'line', 'kind'],
          properties: {
            path: TEXT,
            line: { type: 'integer', minimum: 1 },
            kind: { ...TEXT, description: '`private-key`, `aws-access-key`, `github-token`, `password`, …' },
          },
        },
      },
      scanned: {
        ...COUNT,
        description: 'Files that were looked through: those first in which secrets usually lie',
      },
      unscanned: { ...COUNT, description: 'Files that were not, because there are too many' },
    },
  },
  collect(scope) {
    const files = candidates(scope);
    const looked = files.slice(0, MOST_SCANNED);
    const places = looked.flatMap((path) => secretsIn(scope, path));
    const isWhole = looked.length === files.length;
    const details = {
      found: places.length > 0 || isWhole ? places.length : undefined,
      places: places.slice(0, MOST_PLACES),
      scanned: looked.length,
      unscanned: isWhole ? undefined : files.length - looked.length,
    };
    return observation(details, places[0]?.path, places[0]?.line);
  },
};

interface Place {
  path: string;
  line: number;
  kind: string;
}

/** What tests are fed with may hold anything. */
const FED = /(^|\/)(testdata|test-data|fixtures?|__snapshots__)\//i;
const NO_TEXT =
  /\.(png|jpe?g|gif|svg|ico|webp|avif|pdf|woff2?|ttf|eot|otf|mp[34]|wav|zip|gz|tgz|jar|class|so|dll|exe|bin|wasm|map|snap|csv|parquet|min\.(js|css)|css|scss|less|sum)$/i;
const KEYS = /(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|[^/]+\.(pem|key|p8|ppk|asc|pgp|jks))$/i;
const CONFIG =
  /(^|\/)(\.env[\w.-]*|\.npmrc|\.pypirc|\.netrc|[^/]+\.(ya?ml|json|properties|toml|ini|conf|cfg|config|env|tfvars|tf|hcl|xml))$/i;
const SCRIPT = /(^|\/)((Docker|Jenkins|Make|Proc)file[\w.-]*|[^/]+\.(sh|bash|ps1|bat|ipynb|sql|md))$/i;

/** Where secrets usually lie comes first. */
function candidates(scope: Scope): string[] {
  const files = ownFiles(scope).filter(
    (path) => !NO_TEXT.test(path) && !FED.test(path) && !isBorrowed(path) && !isLockFile(path),
  );
  const rank = (path: string) => (KEYS.test(path) ? 0 : CONFIG.test(path) ? 1 : SCRIPT.test(path) ? 2 : 3);
  return files
    .map((path) => ({ path, rank: rank(path) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ path }) => path);
}

function secretsIn({ tree }: Scope, path: string): Place[] {
  const source = tree.read(path);
  if (source === undefined) return [];
  const found = [
    ...privateKeys(source),
    ...encodedKeys(source),
    ...tokens(source),
    ...(CONFIG.test(path) ? settings(path, source) : []),
  ];
  const seen = new Set<number>();
  return found
    .sort((a, b) => a.line - b.line)
    .filter(({ line }) => !seen.has(line) && seen.add(line))
    .map(({ line, kind }) => ({ path, line, kind }));
}

type Found = Omit<Place, 'path'>;
/** In one file: more don't tell more. */
const MOST_FOUND = 100;

function privateKeys(source: string): Found[] {
  return [...source.matchAll(PRIVATE_KEY)].slice(0, MOST_FOUND).flatMap(({ index, 0: head }) => {
    const start = index + head.length;
    const isKey = KEY_BODY.test(source.slice(start, start + 600));
    return isKey ? [{ kind: 'private-key', line: lineOf(source, index) }] : [];
  });
}

/** As a Secret of Kubernetes holds them. */
function encodedKeys(source: string): Found[] {
  return [...source.matchAll(ENCODED_KEY)].slice(0, MOST_FOUND).flatMap(({ index, 0: encoded }) => {
    const isKey = privateKeys(Buffer.from(encoded, 'base64').toString('latin1')).length > 0;
    return isKey ? [{ kind: 'private-key', line: lineOf(source, index) }] : [];
  });
}

function tokens(source: string): Found[] {
  if (!LIKELY.test(source)) return [];
  return SECRET_KINDS.flatMap(({ kind, pattern, entropy = 0 }) =>
    [...source.matchAll(pattern)].slice(0, MOST_FOUND).flatMap((match) => {
      const value = match[1] ?? '';
      const isMadeUp = /example|xxxx|0000|1234567/i.test(match[0]) || entropyOf(value) < entropy;
      return isMadeUp ? [] : [{ kind, line: lineOf(source, match.index) }];
    }),
  );
}

/** Files whose values others have encrypted, and those that only show how it is done. */
const ENCRYPTED = /^kind: SealedSecret\b|^sops:|\$ANSIBLE_VAULT|"sops":/m;
const SHOWN = /[._-](example|sample|template|dist|tmpl|tpl)(\.|$)|(^|\/)(examples?|samples?)\//i;
const LONGEST_LINE = 500;

function settings(path: string, source: string): Found[] {
  if (SHOWN.test(path) || ENCRYPTED.test(source)) return [];
  const found: Found[] = [];
  source.split('\n').forEach((line, index) => {
    const [, , about = '', value = ''] = (line.length <= LONGEST_LINE && SETTING.exec(line.trimEnd())) || [];
    if (value !== '' && !ONLY_ABOUT.test(about) && isRandom(value))
      found.push({ kind: 'password', line: index + 1 });
  });
  return found.slice(0, MOST_FOUND);
}
