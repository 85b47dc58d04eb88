/** JSON Schemas of `spec` for the built-in kinds (Backstage catalog-model 1.10). Unknown keys are kept. */

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
/** Backstage has no rule for this field, and follows a single ref too. */
const textOrTexts = { type: ['string', 'array'], minLength: 1, items: text };
const profile = {
  type: 'object',
  properties: { displayName: text, email: text, picture: text },
};

function specSchema(required: string[], properties: Record<string, object>): object {
  return { type: 'object', required, properties };
}

export const componentSpec = specSchema(['type', 'lifecycle', 'owner'], {
  type: text,
  lifecycle: text,
  owner: text,
  system: text,
  subcomponentOf: text,
  providesApis: texts,
  consumesApis: texts,
  dependsOn: texts,
  dependencyOf: textOrTexts,
});

export const apiSpec = specSchema(['type', 'lifecycle', 'owner', 'definition'], {
  type: text,
  lifecycle: text,
  owner: text,
  system: text,
  definition: text,
});

export const mcpServerSpec = specSchema(['type', 'lifecycle', 'owner', 'remotes'], {
  type: { const: 'mcp-server' },
  lifecycle: text,
  owner: text,
  system: text,
  remotes: { type: 'array', minItems: 1, items: specSchema(['type', 'url'], { type: text, url: text }) },
});

export const resourceSpec = specSchema(['type', 'owner'], {
  type: text,
  owner: text,
  system: text,
  dependsOn: texts,
  dependencyOf: textOrTexts,
});

export const systemSpec = specSchema(['owner'], { owner: text, domain: text, type: text });

export const domainSpec = specSchema(['owner'], { owner: text, subdomainOf: text, type: text });

export const groupSpec = specSchema(['type', 'children'], {
  type: text,
  profile,
  parent: text,
  children: texts,
  members: texts,
});

export const userSpec = specSchema(['memberOf'], { profile, memberOf: texts });

export const locationSpec = specSchema([], {
  type: text,
  target: text,
  targets: texts,
  presence: { type: 'string', enum: ['required', 'optional'] },
});

/** `scaffolder.backstage.io/v1beta3`; the pages and steps themselves are checked when a template is read. */
export const templateSpec = specSchema(['type', 'steps'], {
  type: text,
  owner: text,
  lifecycle: text,
  parameters: { type: ['object', 'array'], items: { type: 'object' } },
  presentation: { type: 'object' },
  secrets: { type: 'object' },
  steps: {
    type: 'array',
    items: {
      type: 'object',
      required: ['action'],
      properties: {
        id: { type: 'string' },
        name: { type: 'string' },
        action: { type: 'string' },
        input: { type: 'object' },
        if: { type: ['string', 'boolean'] },
        each: { type: ['string', 'array', 'object'] },
      },
    },
  },
  output: { type: 'object' },
});

const aiBase = { type: text, lifecycle: text, owner: text, system: text };
const aiRequired = ['type', 'lifecycle', 'owner'];

export const aiResourceSpec = specSchema(aiRequired, aiBase);

export const skillSpec = specSchema(aiRequired, {
  ...aiBase,
  disciplines: texts,
  categories: texts,
  agents: texts,
  dependsOn: texts,
  allowedTools: text,
  license: text,
  compatibility: { type: 'string', minLength: 1, maxLength: 500 },
});

export const ruleSpec = specSchema([...aiRequired, 'category', 'rationale'], {
  ...aiBase,
  disciplines: texts,
  category: text,
  rationale: text,
});

export const pluginSpec = specSchema([...aiRequired, 'skills'], { ...aiBase, skills: texts, version: text });

export const marketplaceSpec = specSchema([...aiRequired, 'plugins'], {
  ...aiBase,
  plugins: texts,
  version: text,
});
