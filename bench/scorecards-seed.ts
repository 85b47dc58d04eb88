/** Entities with facts, put into the store as ingestion would leave them, and a scorecard of twenty rules. */
export const CARD = 'scorecard:default/twenty';
export const RULES = 20;

/** $1 how many. */
export const entities = `
  insert into entity (ref, uid, etag, kind, kind_label, namespace, name, name_lower, type, lifecycle, owner, tags,
    freshness, review, problem_count, body, terms, search_text, changed_at)
  select 'component:default/service-' || n, md5(n::text)::uuid, md5(n::text), 'component', 'Component', 'default',
    'service-' || n, 'service-' || n, 'service', 'production', 'group:default/team-' || n % 60, '{}', 'fresh', 'declared', 0,
    json_build_object('apiVersion', 'backstage.io/v1alpha1', 'kind', 'Component',
      'metadata', json_build_object('name', 'service-' || n, 'namespace', 'default', 'description', 'Service ' || n,
        'annotations', json_build_object('example.com/tier', (n % 3)::text, 'example.com/runbook', 'https://example.com/' || n)),
      'spec', json_build_object('type', 'service', 'lifecycle', 'production', 'owner', 'team-' || n % 60)),
    array['kind', 'kind=component', 'spec.type', 'spec.type=service'], 'service-' || n, now()
  from generate_series(1, $1::int) n`;

export const facts = `
  insert into fact_set (ref, source, part, facts)
  select 'component:default/service-' || n, 'seed', '', jsonb_build_object(
    'readme', jsonb_build_object('at', '2026-11-01T00:00:00.000Z', 'value',
      jsonb_build_object('present', n % 5 > 0, 'words', n % 300, 'usage', n % 2 = 0, 'lastCommit', '2026-0' || 1 + n % 9 || '-11')),
    'ci', jsonb_build_object('at', '2026-11-01T00:00:00.000Z', 'value',
      jsonb_build_object('present', n % 7 > 0, 'systems', array['github-actions'], 'runsTests', n % 3 > 0)),
    'tests', jsonb_build_object('at', '2026-11-01T00:00:00.000Z', 'value', jsonb_build_object('present', n % 4 > 0, 'files', n % 40)),
    'dependencies', jsonb_build_object('at', '2026-11-01T00:00:00.000Z', 'value',
      jsonb_build_object('manifests', 1, 'locked', n % 3 > 0, 'lockFiles', array['package-lock.json'], 'direct', n % 50, 'pinned', n % 30)),
    'coverage', jsonb_build_object('at', '2026-11-01T00:00:00.000Z', 'value',
      jsonb_build_object('lines', n % 100, 'reports', array['lcov.info'])),
    'probe', jsonb_build_object('at', '2026-11-01T00:00:00.000Z', 'value', jsonb_build_object('a', n % 100, 'b', n % 2 = 0, 'c', 'x' || n)))
  from generate_series(1, $1::int) n`;

const checks = [
  'facts.readme.present',
  'facts.readme.words >= 30',
  'facts.readme.usage || facts.readme.words > 100',
  'daysSince(facts.readme.lastCommit) < 365.0',
  'facts.ci.present && facts.ci.runsTests',
  "'github-actions' in facts.ci.systems",
  'facts.tests.files > 0',
  'facts.tests.files >= 10 || facts.coverage.lines > 50.0',
  'facts.dependencies.locked',
  'facts.dependencies.pinned * 2 >= facts.dependencies.direct',
  'size(facts.dependencies.lockFiles) > 0',
  'facts.coverage.lines >= 70.0',
  'ages.coverage < 60.0',
  "entity.metadata.description != ''",
  "'example.com/runbook' in entity.metadata.annotations",
  "entity.metadata.annotations['example.com/tier'] in ['0', '1']",
  "entity.spec.lifecycle == 'production'",
  'facts.probe.a >= 50',
  "facts.probe.b || facts.probe.c.startsWith('x')",
  'has(facts.license) ? facts.license.present : true',
];

export function scorecardText(): string {
  const rules = checks.map((check, index) => ({
    id: `rule-${index + 1}`,
    title: `Rule ${index + 1}`,
    level: ['bronze', 'silver', 'gold'][index % 3],
    check,
  }));
  return JSON.stringify({
    apiVersion: 'atrium.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: { name: 'twenty' },
    spec: { appliesTo: 'kind=component,spec.type=service', levels: ['bronze', 'silver', 'gold'], rules },
  });
}
