export interface Address {
  host: string;
  index: number;
  protocol?: 'http' | 'grpc' | 'database' | 'queue';
}

/** A host that may be a name within the estate: one label, or one with a cluster's own suffix. */
const NAME = '[A-Za-z](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?';
/** `cart.shop` may be a service in a namespace; `redis.io` and `grafana.com` are the world's. */
const WORLD =
  '(?:com|org|net|io|dev|ai|app|cloud|gov|edu|info|tech|xyz|local|internal|example|test|[a-z]{2})(?![a-z0-9-])';
const CLUSTER = String.raw`(?:\.(?!${WORLD})[a-z0-9-]+)?(?:\.svc(?:\.[a-z0-9.-]+)?)?`;
/** `${db:orders-db}` and `${DB:-orders-db}`: the default is the name. */
const DEFAULTED = String.raw`\$\{[A-Za-z0-9_.-]+:-?(${NAME})\}`;
const AFTER_SLASHES = new RegExp(
  String.raw`(?:[^\s"'<>@/{}]{1,100}@)?(?:${DEFAULTED}|(${NAME})${CLUSTER})(?=[:/"'\x60?#%,;)\]\s}$\\<]|$)`,
  'y',
);
const SCHEME = /([a-z][a-z0-9+.-]{1,20})$/;

const NOT_A_HOST =
  /^(localhost|host|hostname|example|example-host|127|your|my|the|https?|www|schemas?|host-gateway|metadata)$/i;

const PROTOCOLS: readonly [RegExp, Address['protocol']][] = [
  [/^(https?|lb|ws|wss)$/, 'http'],
  [/^(grpcs?|dns)$/, 'grpc'],
  [/^(amqps?|kafka|nats|mqtt|stomp|pulsar|tcp)$/, 'queue'],
  [
    /^(mongodb|postgres|mysql|mariadb|redis|rediss|cassandra|bolt|neo4j|sqlserver|clickhouse|oracle)/,
    'database',
  ],
];

function address(host: string, index: number, scheme?: string): Address[] {
  if (NOT_A_HOST.test(host)) return [];
  const protocol =
    scheme === undefined ? undefined : PROTOCOLS.find(([pattern]) => pattern.test(scheme))?.[1];
  return [{ host, index, ...(protocol ? { protocol } : {}) }];
}

/** Hosts of the URLs in a text. */
export function urlHosts(source: string): Address[] {
  const found: Address[] = [];
  for (let at = source.indexOf('://'); at !== -1; at = source.indexOf('://', at + 3)) {
    // Most URLs in code are the world's, and many begin alike.
    if (source.startsWith('www.', at + 3)) continue;
    AFTER_SLASHES.lastIndex = at + 3;
    const match = AFTER_SLASHES.exec(source);
    const host = match?.[1] ?? match?.[2];
    const scheme = host === undefined ? undefined : SCHEME.exec(source.slice(Math.max(0, at - 22), at))?.[1];
    if (host !== undefined && scheme !== undefined) found.push(...address(host, at, scheme));
  }
  return found;
}

const PAIR = new RegExp(String.raw`^(${NAME})${CLUSTER}:(\d{2,5}|\$\{?\w+\}?)(?:/\S*)?$`);
const BARE = new RegExp(`^(${NAME})${CLUSTER}$`);
const HOST_KEY =
  /(^|_|\.|-)(addr|address|addresses|url|uri|host|hosts|hostname|endpoint|server|servers|service|dsn|broker|brokers|connection|connectionstring|peer|upstream|backend|target)s?$/i;
/** `Server=db;` and `host=db user=me`, at the start of a string or behind a separator: not an assignment in code. */
const CONNECTION = new RegExp(
  String.raw`(?:^|[;"'\x60]\s*|\s(?=host=))(?:server|host|data source|addr|address|endpoint)=(?:tcp:)?(${NAME})(?=[,;:\s"'\x60]|$)`,
  'gi',
);
const GO_DSN = new RegExp(String.raw`@(?:tcp)?\((${NAME})${CLUSTER}(?::\d+)?\)`, 'g');

/** Hosts that a setting names: URLs, `host:port`, connection strings, or a bare name under a telling key. */
export function settingHosts(key: string, value: string): Address[] {
  if (value.length > 2000) return [];
  const found = [...urlHosts(value), ...connectionHosts(value)];
  for (const part of value.split(',')) {
    const item = part.trim();
    const pair = PAIR.exec(item) ?? (HOST_KEY.test(key) ? BARE.exec(item) : null);
    if (pair?.[1]) found.push(...address(pair[1], 0));
  }
  return found;
}

/** Cheap signs of what the patterns look for: most files have none of them. */
const CONNECTION_SIGNS = ['erver=', 'ost=', 'ource=', '@tcp(', '@('];

export function connectionHosts(value: string): Address[] {
  if (!CONNECTION_SIGNS.some((sign) => value.includes(sign))) return [];
  return [...value.matchAll(CONNECTION), ...value.matchAll(GO_DSN)].flatMap((match) =>
    match[1] ? address(match[1], match.index, 'postgres') : [],
  );
}

/** `"cart:7070"` as a whole string literal. */
const LITERAL_PAIR = new RegExp(String.raw`["'\x60](${NAME})${CLUSTER}:\d{2,5}["'\x60/]`, 'g');

export function literalHosts(source: string): Address[] {
  return [...source.matchAll(LITERAL_PAIR)].flatMap((match) =>
    match[1] ? address(match[1], match.index) : [],
  );
}
