import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { workspaceActions } from './workspace-actions.ts';

const actions = workspaceActions({
  renderer: { render: () => never(), renderTexts: () => never(), check: () => never(), close: () => {} },
  fetchTree: () => never(),
  readEntities: () => never(),
});

function never(): never {
  throw new Error('nothing is run here');
}

it('has each action once', () => {
  const ids = actions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(
    expect.arrayContaining(['fetch:plain', 'fetch:template', 'fs:rename', 'catalog:fetch', 'debug:wait']),
  );
});

it.each(actions.map((action) => [action.id, action] as const))(
  '%s describes its input and output as JSON Schema',
  (_, { input, output, description }) => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true });
    expect(() => [ajv.compile(input), ajv.compile(output)]).not.toThrow();
    expect(input.type).toBe('object');
    expect(description).toMatch(/\.$/);
  },
);
