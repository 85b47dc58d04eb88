/** Every collected document that we judge otherwise than Backstage. Used by the conformance test only. */

const skeleton = 'rejected -> skipped';

/** Skeletons of templates: Backstage refuses them, we skip them with a notice. */
const skeletons = [
  'RoadieHQ__software-templates.yaml#0',
  'RoadieHQ__software-templates__scaffolder-templates-create-aws-serverless-frontend-and-backend-skeleton-catalog-info.yaml#0',
  'RoadieHQ__software-templates__scaffolder-templates-create-empty-project-skeleton-catalog-info.yaml#0',
  'backstage-skupper-demo__backstage-catalog__templates-new-bind-deployment-skeleton-catalog--values.service--deployment-skupper-expose.yaml#0',
  'backstage__software-templates.yaml#0',
  'backstage__software-templates__scaffolder-templates-create-react-app-skeleton-catalog-info.yaml#0',
  'backstage__software-templates__scaffolder-templates-docs-template-cookiecutter-skeleton-catalog-info.yaml#0',
  'gargiolastech__backstage-catalog__backstage-catalog-templates-dotnet-api-hostinger-ghcr-skeleton-catalog-info.yaml#0',
  'gargiolastech__backstage-catalog__backstage-catalog-templates-dotnet-module-skeleton-src-Modules--moduleName--component.yaml#0',
  'janus-idp__software-templates__skeletons-catalog-info-catalog-info.yaml#0',
  'janus-idp__software-templates__templates-github-backstage-system-skeleton-systems--values.systemName-.yaml#0',
  'q-shift__software-templates__skeletons-catalog-info-catalog-info.yaml#0',
  'q-shift__software-templates__templates-github-backstage-system-skeleton-systems--values.systemName-.yaml#0',
  'q-shift__software-templates__templates-github-quarkus-web-skeleton-catalog-info.yaml#0',
  'q-shift__software-templates__templates-github-quarkus-web-skeleton-catalog-info.yaml#1',
  'redhat-developer__red-hat-developer-hub-software-templates__skeletons-catalog-info-catalog-info.yaml#0',
  'redhat-developer__red-hat-developer-hub-software-templates__templates-github-backstage-system-skeleton-systems--values.systemName-.yaml#0',
  'redhat-na-ssa__software-templates__skeletons-catalog-info-catalog-info.yaml#0',
  'redhat-na-ssa__software-templates__skeletons-catalog-info-catalog-info.yaml#1',
  'redhat-na-ssa__software-templates__templates-github-backstage-system-skeleton-systems--values.systemName-.yaml#0',
  'sourcefuse__sf-software-templates.yaml#0',
  'sourcefuse__sf-software-templates__scaffolder-templates-terraform-aws-ref-arch-bootstrap-skeleton-catalog-info.yaml#0',
  'thatmlopsguy__dokaseca-portal-catalog__catalog-templates-nodejs-microservice-skeleton-catalog-info.yaml#0',
  'ultraJeff__rhdh-bootstrap__templates-azure-devops-nodejs-app-skeleton-catalog-info.yaml#0',
];

/** By `file#document`; docs/decisions/model-conformance.md gives the reasons. */
export const listedDifferences: Record<string, string> = {
  ...Object.fromEntries(skeletons.map((document) => [document, skeleton])),
  // An Elastic pipeline list under the name of a descriptor: nothing that its author could mend.
  'elastic__elastic-otel-java__hist-b5fdc7b37a.yaml#0': 'rejected -> skipped',
};

const component = (extra: object) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'a' },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
  ...extra,
});

interface RuleDifference {
  title: string;
  entity: object;
  theirs: 'accepted' | 'rejected';
  ours: 'accepted' | 'rejected';
}

/** Differences of rule that no collected document shows. */
export const ruleDifferences: RuleDifference[] = [
  {
    title: 'a namespace with capitals is lower-cased',
    entity: component({ metadata: { name: 'a', namespace: 'Pay' } }),
    theirs: 'rejected',
    ours: 'accepted',
  },
  {
    title: 'relations of a file are ignored',
    entity: component({ relations: [] }),
    theirs: 'rejected',
    ours: 'accepted',
  },
  {
    title: 'a status of a file is ignored',
    entity: component({ status: { items: [] } }),
    theirs: 'rejected',
    ours: 'accepted',
  },
  {
    title: 'attachments are ignored',
    entity: component({ attachments: {} }),
    theirs: 'rejected',
    ours: 'accepted',
  },
  {
    title: 'keys that differ only in case are refused at once (Backstage fails later, in its search index)',
    entity: component({ metadata: { name: 'a', note: 1, Note: 2 } }),
    theirs: 'accepted',
    ours: 'rejected',
  },
  {
    title: 'numbers that JSON lacks are refused (Backstage stores null)',
    entity: component({ metadata: { name: 'a', rate: Number.NaN } }),
    theirs: 'accepted',
    ours: 'rejected',
  },
];
