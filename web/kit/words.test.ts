import { expect, it } from 'vitest';
import { kindAndType, kindPlural, kindWord } from './kind.tsx';
import { capital, languageName, plural, typeWord } from './words.ts';

it.each([
  ['csharp', 'C#'],
  ['cpp', 'C++'],
  ['go', 'Go'],
  ['javascript', 'JavaScript'],
  ['TypeScript', 'TypeScript'],
  ['elixir', 'Elixir'],
])('the language %s is written %s', (language, name) => {
  expect(languageName(language)).toBe(name);
});

it.each([
  ['library', 'libraries'],
  ['gateway', 'gateways'],
  ['documentation', 'documentation'],
  ['ML infrastructure', 'ML infrastructure'],
  ['search index', 'search indexes'],
  ['message bus', 'message buses'],
  ['batch', 'batches'],
  ['mobile app', 'mobile apps'],
  ['microservices', 'microservices'],
  ['ingress', 'ingresses'],
])('several of %s are %s', (one, many) => {
  expect(plural(one)).toBe(many);
});

it('writes types as people do', () => {
  expect(typeWord('data-pipeline')).toBe('data pipeline');
  expect(typeWord('s3-bucket')).toBe('S3 bucket');
  expect(capital(typeWord('grpc'))).toBe('gRPC');
  expect(capital('data pipeline')).toBe('Data pipeline');
});

it('calls a component by its type, and a kind by its word', () => {
  expect(kindWord('Component', 'mobile-app')).toBe('mobile app');
  expect(kindPlural('User')).toBe('people');
  expect(kindPlural('API')).toBe('APIs');
  expect(kindPlural('Component', 'documentation')).toBe('documentation');
  expect(kindAndType('Component', 'service')).toBe('Service');
  expect(kindAndType('API', 'openapi')).toBe('API · OpenAPI');
  expect(kindAndType('Group', 'business-unit')).toBe('Team · business unit');
  expect(kindAndType('System', null)).toBe('System');
});
