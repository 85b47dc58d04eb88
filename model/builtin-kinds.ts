import * as schemas from './kind-schemas.ts';
import type { KindDefinition, RelationField } from './kinds.ts';
import { owner } from './owner-relation.ts';
import { standardsKinds } from './standards-kinds.ts';

const coreVersions = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'];

const system: RelationField = partOf('system', 'System');

const aiPart = { defaultKind: 'AiResource', targetKinds: ['AiResource'] };

function partOf(field: string, kind: string): RelationField {
  return { field, defaultKind: kind, targetKinds: [kind], forward: 'partOf', reverse: 'hasPart' };
}

function toApi(field: string, forward: string, reverse: string): RelationField {
  return { field, defaultKind: 'API', targetKinds: ['API'], forward, reverse };
}

/** Dependencies may name any kind, but only these two carry the reverse relation. */
const dependencies: RelationField[] = [
  {
    field: 'dependsOn',
    forward: 'dependsOn',
    reverse: 'dependencyOf',
    reverseKinds: ['Component', 'Resource'],
  },
  {
    field: 'dependencyOf',
    forward: 'dependencyOf',
    reverse: 'dependsOn',
    reverseKinds: ['Component', 'Resource'],
  },
];

const softwareKinds: KindDefinition[] = [
  {
    kind: 'Component',
    plural: 'Components',
    apiVersions: coreVersions,
    spec: schemas.componentSpec,
    relations: [
      owner,
      system,
      partOf('subcomponentOf', 'Component'),
      toApi('providesApis', 'providesApi', 'apiProvidedBy'),
      toApi('consumesApis', 'consumesApi', 'apiConsumedBy'),
      ...dependencies,
    ],
  },
  {
    kind: 'API',
    plural: 'APIs',
    apiVersions: coreVersions,
    spec: schemas.apiSpec,
    relations: [owner, system],
    variants: [{ type: 'mcp-server', spec: schemas.mcpServerSpec, relations: [owner, system] }],
  },
  {
    kind: 'Resource',
    plural: 'Resources',
    apiVersions: coreVersions,
    spec: schemas.resourceSpec,
    relations: [owner, system, ...dependencies],
  },
  {
    kind: 'System',
    plural: 'Systems',
    apiVersions: coreVersions,
    spec: schemas.systemSpec,
    relations: [owner, partOf('domain', 'Domain')],
  },
  {
    kind: 'Domain',
    plural: 'Domains',
    apiVersions: coreVersions,
    spec: schemas.domainSpec,
    relations: [owner, partOf('subdomainOf', 'Domain')],
  },
];

const organisationKinds: KindDefinition[] = [
  {
    kind: 'Group',
    plural: 'Groups',
    apiVersions: coreVersions,
    spec: schemas.groupSpec,
    relations: [
      {
        field: 'parent',
        defaultKind: 'Group',
        targetKinds: ['Group'],
        forward: 'childOf',
        reverse: 'parentOf',
      },
      {
        field: 'children',
        defaultKind: 'Group',
        targetKinds: ['Group'],
        forward: 'parentOf',
        reverse: 'childOf',
      },
      {
        field: 'members',
        defaultKind: 'User',
        targetKinds: ['User'],
        forward: 'hasMember',
        reverse: 'memberOf',
      },
    ],
  },
  {
    kind: 'User',
    plural: 'Users',
    apiVersions: coreVersions,
    spec: schemas.userSpec,
    relations: [
      {
        field: 'memberOf',
        defaultKind: 'Group',
        targetKinds: ['Group'],
        forward: 'memberOf',
        reverse: 'hasMember',
      },
    ],
  },
];

const aiResource: KindDefinition = {
  kind: 'AiResource',
  plural: 'AI resources',
  apiVersions: ['backstage.io/v1alpha1'],
  spec: schemas.aiResourceSpec,
  relations: [owner, system],
  variants: [
    {
      type: 'skill',
      spec: schemas.skillSpec,
      relations: [
        owner,
        system,
        { field: 'dependsOn', ...aiPart, forward: 'dependsOn', reverse: 'dependencyOf' },
      ],
    },
    { type: 'rule', spec: schemas.ruleSpec, relations: [owner, system] },
    {
      type: 'plugin',
      spec: schemas.pluginSpec,
      relations: [owner, system, { field: 'skills', ...aiPart, forward: 'hasPart', reverse: 'partOf' }],
    },
    {
      type: 'marketplace',
      spec: schemas.marketplaceSpec,
      relations: [owner, system, { field: 'plugins', ...aiPart, forward: 'hasPart', reverse: 'partOf' }],
    },
  ],
};

/** The kinds of the Backstage descriptor format and of Atrium’s own, with the fields that name other entities. */
export const builtinKinds: readonly KindDefinition[] = [
  ...softwareKinds,
  ...organisationKinds,
  {
    kind: 'Location',
    plural: 'Locations',
    apiVersions: coreVersions,
    spec: schemas.locationSpec,
    relations: [],
  },
  {
    kind: 'Template',
    plural: 'Templates',
    apiVersions: ['scaffolder.backstage.io/v1beta3'],
    spec: schemas.templateSpec,
    relations: [owner],
  },
  aiResource,
  ...standardsKinds,
];
