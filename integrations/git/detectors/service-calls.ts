import type { DependencyFinding, Detector, Tree } from '../detector.ts';
import { type Address, connectionHosts, literalHosts, urlHosts } from '../reading/addresses.ts';
import { codeFiles } from '../reading/code.ts';
import { lineOf } from '../reading/parse.ts';
import { baseOf, folderOf, ourFiles } from '../reading/paths.ts';

/** Settings of web servers and development proxies name the services behind them. */
const PROXY_FILE =
  /\.conf(\.template)?$|^(nginx|Caddyfile|envoy)[\w.-]*$|^(vite|vue|next|webpack)\.config\.[cm]?[jt]s$|^proxy\.conf\.js(on)?$/;

/** Calls that take another service's name, whatever the library. */
const NAMED_CALLS: readonly [sign: RegExp, call: RegExp][] = [
  [/getInstances/, /\bgetInstances\(\s*"([\w.-]+)"/g],
  [/FeignClient/, /@FeignClient\(\s*(?:(?:name|value|serviceId)\s*=\s*)?"([\w.-]+)"/g],
  [/FeignClient/, /@FeignClient\([^)]*\b(?:name|value)\s*=\s*"([\w.-]+)"/g],
  [/LoadBalancerClient/, /@LoadBalancerClient\([^)]*"([\w.-]+)"/g],
  [/RegisterRestClient/, /@RegisterRestClient\([^)]*configKey\s*=\s*"([\w.-]+)"/g],
  [/[Hh]ost(name)?\(/, /\bhost(?:name)?\(\s*["']([a-z][\w-]*)["']/gi],
  [
    /[Hh]ost|[Ss]erver|[Aa]ddr|[Bb]roker|[Ee]ndpoint/,
    /\b(?:host|hostname|server|addr|address|broker|endpoint)s?["']?\s*[:=]\s*["'\x60]([a-z][\w-]*)["'\x60]/gi,
  ],
  [/connect\(|Connect\(/, /\b(?:connect|ConnectionMultiplexer\.Connect)\(\s*["']([a-z][\w-]*)["']/g],
  [/Redis\w*\(|createClient\(/, /\b(?:\w*Redis\w*|createClient)\(\s*["']([a-z][\w-]*)["']/g],
  [/GetConnectionString/, /\bGetConnectionString\(\s*"([\w-]+)"\s*\)/g],
];

/** Defaults of settings: `os.getenv("CART_HOST", "cart")`, `process.env.REDIS_HOST || "redis"`. */
const ENV_DEFAULT =
  /(?:getenv|environ\.get|env|ENV\.fetch|Getenv|getEnv|GetEnvironmentVariable)[.([]\s*["']?\w*(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|URI|SERVER|SERVICE|ENDPOINT)\w*["']?\s*\]?\)?\s*(?:,|\|\||\?\?|or)\s*["']([a-z][\w-]*)["']/g;

const WORTH_READING =
  /:\/\/|getInstances|FeignClient|LoadBalancerClient|RestClient|[hH]ost|[sS]erver\s*=|addr|Addr|:\d{4,5}["'/]|connect\(|Connection|Redis|[eE]nv/;

export const serviceCalls: Detector = {
  id: 'service-calls',
  detect: (tree) => {
    const code = codeFiles(tree).map(({ path }) => path);
    const proxies = ourFiles(tree).filter((path) => PROXY_FILE.test(baseOf(path)));
    return [...new Set([...code, ...proxies])].flatMap((path) => readCalls(tree, path));
  },
};

function readCalls(tree: Tree, path: string): DependencyFinding[] {
  const source = tree.read(path);
  if (source === undefined || source.length > 400_000 || !WORTH_READING.test(source)) return [];
  const seen = new Set<string>();
  const hosts = [
    ...urlHosts(source),
    ...literalHosts(source),
    ...connectionHosts(source),
    ...namedCalls(source),
  ];
  return hosts.flatMap(({ host, index, protocol }): DependencyFinding[] => {
    if (seen.has(host)) return [];
    seen.add(host);
    const line = lineOf(source, index);
    const finding: DependencyFinding = {
      what: 'dependency',
      from: { folder: folderOf(path) },
      to: host,
      via: `call in ${path}:${line}`,
      place: tree.place(path, line),
      confidence: 'found',
    };
    return [protocol ? { ...finding, protocol } : finding];
  });
}

function namedCalls(source: string): Address[] {
  const calls = NAMED_CALLS.flatMap(([sign, call]) => (sign.test(source) ? [call] : []));
  return [...calls, ...(/env|ENV|Env/.test(source) ? [ENV_DEFAULT] : [])].flatMap((pattern) =>
    [...source.matchAll(pattern)].flatMap((match) =>
      match[1] ? [{ host: match[1], index: match.index }] : [],
    ),
  );
}
