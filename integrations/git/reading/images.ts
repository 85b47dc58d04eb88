import { short } from './parse.ts';

/** What a container image is for, where its name tells. Kinds of software, never a project's own names. */
const KINDS: readonly [type: string, names: readonly string[]][] = [
  [
    'observability',
    'jaegertracing openzipkin prom grafana prometheus zipkin jaeger loki tempo alertmanager kibana fluentd fluent-bit fluentbit statsd graphite logstash otel opentelemetry collector opentelemetry-collector datadog newrelic sentry cadvisor mimir promtail seq aspire-dashboard pushgateway exporter'.split(
      ' ',
    ),
  ],
  ['cache', 'redis valkey memcached hazelcast dragonfly keydb varnish'.split(' ')],
  [
    'queue',
    'rabbitmq kafka cp-kafka nats activemq artemis zookeeper redpanda pulsar mosquitto emqx nsq nsqd beanstalkd'.split(
      ' ',
    ),
  ],
  [
    'database',
    'postgres postgresql postgis timescaledb mysql mariadb percona mongo mongodb cassandra cockroach cockroachdb elasticsearch opensearch clickhouse clickhouse-server influxdb neo4j couchdb couchbase mssql sqlserver oracle dynamodb dynamodb-local documentdb scylla scylladb etcd solr arangodb rethinkdb firebird meilisearch typesense qdrant weaviate milvus chroma hsqldb db2 db database'.split(
      ' ',
    ),
  ],
  ['storage', 'minio azurite localstack seaweedfs sftp'.split(' ')],
  ['secrets', ['vault']],
  ['identity', 'keycloak dex hydra kratos'.split(' ')],
  ['service-registry', ['consul', 'eureka']],
  ['proxy', 'nginx traefik envoy haproxy caddy httpd kong nginx-ingress pgpool pgbouncer'.split(' ')],
  ['mail', 'mailhog mailpit maildev smtp postfix mailcatcher'.split(' ')],
];

const TYPES = new Map(KINDS.flatMap(([type, names]) => names.map((name): [string, string] => [name, type])));

/** Images that only run a command: what they do is part of another workload. */
const HELPERS =
  /^(busybox|alpine|debian|ubuntu|curl|curlimages|bash|kubectl|git|alpine-git|wait-for.*|dockerize|pause|hello-world|scratch|distroless|centos|fedora|netshoot|cloud-sdk|python|node|golang|openjdk|eclipse-temurin|ruby|php)$/;

/** `registry:5000/team/cart:1.2@sha256:…` is `cart`. */
export function imageName(image: string): string {
  const path = image.split('@')[0] ?? image;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return (last.split(':')[0] ?? last).trim();
}

/** The type of resource that runs from an image, when its name says so. */
export function imageType(image: string): string | undefined {
  const name = imageName(image).toLowerCase();
  const whole = TYPES.get(name);
  if (whole) return whole;
  const words = name.split(/[-_.]/);
  const last = TYPES.get(words.at(-1) ?? '');
  const first = words[0] === 'db' || words[0] === 'database' ? undefined : TYPES.get(words[0] ?? '');
  const owner = image.split('@')[0]?.split('/').at(-2)?.toLowerCase().split(/[-_.]/)[0];
  const inner = words
    .slice(1, -1)
    .map((word) => TYPES.get(word))
    .find((type) => type !== undefined);
  return last ?? first ?? inner ?? (owner ? TYPES.get(owner) : undefined);
}

export function isHelperImage(image: string): boolean {
  return HELPERS.test(imageName(image).toLowerCase());
}

/** The image of the last stage of a Dockerfile; names of earlier stages are followed to theirs. */
export function baseImage(dockerfile: string): string | undefined {
  const stages = new Map<string, string>();
  const defaults = new Map<string, string>();
  let last: string | undefined;
  for (const line of dockerfile.split('\n')) {
    const argument = /^\s*ARG\s+(\w+)=["']?([^"'\s]+)/i.exec(line);
    const value = short(argument?.[2]);
    if (argument?.[1] && value) defaults.set(argument[1], value);
    const from = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (!from?.[1]) continue;
    const image = from[1].replace(
      /\$\{?(\w+)[^}]*\}?/g,
      (whole, name: string) => defaults.get(name) ?? whole,
    );
    last = stages.get(image.toLowerCase()) ?? image;
    if (from[2]) stages.set(from[2].toLowerCase(), last);
  }
  return last;
}
