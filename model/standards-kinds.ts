/** Kinds of Atrium's own: standards, and the campaigns that roll them out. */
import type { KindDefinition } from './kinds.ts';
import { owner } from './owner-relation.ts';

export const ATRIUM_API_VERSION = 'atrium.dev/v1alpha1';

const text = { type: 'string', minLength: 1 };
const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const name = { type: 'string', pattern: '^[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$' };
const filters = {
  anyOf: [text, { type: 'array', minItems: 1, items: text }],
};

const remedy = {
  type: 'object',
  additionalProperties: false,
  properties: {
    text,
    url: text,
    document: text,
    template: text,
    values: { type: 'object' },
  },
};

const rule = {
  type: 'object',
  required: ['id', 'title', 'level'],
  additionalProperties: false,
  anyOf: [{ required: ['check'] }, { required: ['checks'] }],
  properties: {
    id: name,
    title: text,
    description: text,
    level: text,
    weight: { type: 'number', exclusiveMinimum: 0, maximum: 1000 },
    effort: { enum: ['small', 'medium', 'large'] },
    version: { type: 'integer', minimum: 1 },
    check: text,
    checks: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: {
        type: 'object',
        required: ['check'],
        additionalProperties: false,
        properties: { when: text, check: text },
      },
    },
    why: text,
    source: text,
    remedy,
    since: day,
    graceDays: { type: 'integer', minimum: 0, maximum: 730 },
    debt: { type: 'boolean' },
  },
};

const scorecardSpec = {
  type: 'object',
  required: ['levels', 'rules'],
  properties: {
    owner: text,
    state: { enum: ['draft', 'published'] },
    appliesTo: filters,
    levels: { type: 'array', minItems: 1, maxItems: 6, uniqueItems: true, items: name },
    graceDays: { type: 'integer', minimum: 0, maximum: 730 },
    rules: { type: 'array', minItems: 1, maxItems: 100, items: rule },
  },
};

const campaignSpec = {
  type: 'object',
  required: ['scorecard', 'deadline'],
  properties: {
    owner: text,
    scorecard: text,
    rules: { type: 'array', minItems: 1, uniqueItems: true, items: name },
    level: name,
    starts: day,
    deadline: day,
    audience: filters,
    remindDays: { type: 'array', maxItems: 20, items: { type: 'integer', minimum: 0, maximum: 365 } },
    issues: { type: 'boolean' },
  },
};

export const standardsKinds: KindDefinition[] = [
  {
    kind: 'Scorecard',
    plural: 'Scorecards',
    apiVersions: [ATRIUM_API_VERSION],
    spec: scorecardSpec,
    relations: [owner],
  },
  {
    kind: 'Campaign',
    plural: 'Campaigns',
    apiVersions: [ATRIUM_API_VERSION],
    spec: campaignSpec,
    relations: [
      owner,
      {
        field: 'scorecard',
        defaultKind: 'Scorecard',
        targetKinds: ['Scorecard'],
        forward: 'rollsOut',
        reverse: 'rolledOutBy',
      },
    ],
  },
];
