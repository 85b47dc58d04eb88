import type { DependencyFinding, Detector, Finding, Tree } from '../detector.ts';
import { imageType } from '../reading/images.ts';
import { lineOf } from '../reading/parse.ts';
import { folderOf, ourFiles, stemOf } from '../reading/paths.ts';

/** What an Aspire host adds that isn't a project, by the name of its method. */
const KINDS: readonly [RegExp, string][] = [
  [/^(Azure)?(Redis|Valkey|Garnet)/, 'cache'],
  [
    /^(Azure)?(Postgres|SqlServer|MySql|MongoDB|Oracle|CosmosDB|Elasticsearch|Milvus|Qdrant|Sql|Database)/,
    'database',
  ],
  [/^(Azure)?(RabbitMQ|Kafka|Nats|ServiceBus|EventHubs)/, 'queue'],
  [/^(Azure)?(Storage|Blobs)/, 'storage'],
  [/^(Yarp|Nginx)/, 'proxy'],
  [/^(Keycloak)/, 'identity'],
  [/^(Seq|Prometheus|Grafana)/, 'observability'],
];

const ADDED =
  /(?:\b(?:var|\w+)\s+(\w+)\s*=\s*)?\b\w+\s*\.Add(\w+?)(?:<Projects\.(\w+)>)?\(\s*"([\w-]+)"(?:\s*,\s*"([^"]+)")?/;
const ENDPOINT = /\b(\w+)\s*=\s*(\w+)\s*\.GetEndpoint\(/g;
const USED = /\.(?:WithReference|WaitFor|WithEnvironment\([^,()]+,)\s*\(?\s*(\w+)/g;

/** Hosts of .NET Aspire: which projects there are, what runs beside them and who refers to whom. */
export const aspire: Detector = {
  id: 'aspire',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) => path.endsWith('.cs'))
      .flatMap((path) => {
        const source = tree.read(path);
        return source?.includes('DistributedApplication.CreateBuilder') ? readHost(tree, path, source) : [];
      }),
};

interface Added {
  name: string;
  kind: string;
  project: string | undefined;
  image: string | undefined;
  variable: string | undefined;
  statement: string;
  index: number;
}

function readHost(tree: Tree, path: string, source: string): Finding[] {
  const added = statementsOf(source);
  const byVariable = new Map(
    added.flatMap((one): [string, Added][] => (one.variable ? [[one.variable, one]] : [])),
  );
  for (const [, endpoint, of] of source.matchAll(ENDPOINT)) {
    const target = byVariable.get(of ?? '');
    if (endpoint && target) byVariable.set(endpoint, target);
  }
  return added.flatMap((one) => {
    const place = tree.place(path, lineOf(source, one.index));
    const used = [...one.statement.matchAll(USED)].flatMap((match) => byVariable.get(match[1] ?? '') ?? []);
    const dependencies = [...new Set(used)].map((target): DependencyFinding => {
      const via = `reference in ${path}`;
      return {
        what: 'dependency',
        from: { name: one.name },
        to: target.name,
        via,
        place,
        confidence: 'found',
      };
    });
    const self = one.project === undefined ? resourceOf(one, place) : projectOf(tree, one, place);
    return self ? [self, ...dependencies] : [];
  });
}

function statementsOf(source: string): Added[] {
  const found: Added[] = [];
  let index = 0;
  for (const statement of source.split(';')) {
    const match = ADDED.exec(statement);
    const [, variable, kind, project, name, image] = match ?? [];
    if (match && name && kind)
      found.push({ name, kind, project, image, variable, statement, index: index + match.index });
    index += statement.length + 1;
  }
  return found;
}

function projectOf(tree: Tree, { name, project }: Added, place: Finding['place']): Finding | undefined {
  const file = ourFiles(tree).find(
    (path) => path.endsWith('proj') && stemOf(path).replace(/\W/g, '_') === project,
  );
  if (file === undefined) return undefined;
  return { what: 'component', folder: folderOf(file), aliases: [name], place, confidence: 'found' };
}

function resourceOf({ name, kind, image }: Added, place: Finding['place']): Finding | undefined {
  const type =
    KINDS.find(([pattern]) => pattern.test(kind))?.[1] ??
    (kind === 'Container' && image ? imageType(image) : undefined);
  if (type === undefined) return undefined;
  return {
    what: 'resource',
    name,
    type,
    description: `${kind} of an Aspire host`,
    place,
    confidence: 'found',
  };
}
