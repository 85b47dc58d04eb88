import { afterAll, afterEach, expect, it } from 'vitest';
import { removeFolders, runStep, testRenderer } from './step.test-helper.ts';
import { workspaceTemplate } from './workspace-template.ts';

afterEach(removeFolders);
afterAll(() => testRenderer().close());

const name = `\${{ values.name }}`;
const render = (input: Record<string, unknown>) =>
  runStep(workspaceTemplate({ renderer: testRenderer() }), input, {
    files: { [`from/${name}.txt`]: name, 'from/raw.txt': name },
  });

it('renders a folder of the workspace into another', async () => {
  const { files } = await render({
    sourcePath: 'from',
    targetPath: 'to',
    values: { name: 'shop' },
    copyWithoutTemplating: ['raw.txt'],
  });
  expect(files).toMatchObject({ [`from/${name}.txt`]: name, 'to/raw.txt': name, 'to/shop.txt': 'shop' });
});

it.each([
  [{ sourcePath: 'from', targetPath: 'from/below' }, 'outside of sourcePath'],
  [{ sourcePath: 'from', targetPath: 'from' }, 'outside of sourcePath'],
  [{ sourcePath: '../x', targetPath: 'to' }, 'not within the workspace'],
  [{ sourcePath: 'from', targetPath: '../x' }, 'not within the workspace'],
  [{ sourcePath: 'nowhere', targetPath: 'to' }, 'nowhere is not there'],
  [{ targetPath: 'to' }, 'sourcePath'],
])('refuses %j', async (input, message) => {
  await expect(render(input)).rejects.toThrow(message);
});
