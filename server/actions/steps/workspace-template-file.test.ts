import { afterAll, afterEach, expect, it } from 'vitest';
import { removeFolders, runStep, testRenderer } from './step.test-helper.ts';
import { workspaceTemplateFile } from './workspace-template-file.ts';

afterEach(removeFolders);
afterAll(() => testRenderer().close());

const name = `\${{ values.name }}`;
const render = (input: Record<string, unknown>) =>
  runStep(workspaceTemplateFile({ renderer: testRenderer() }), input, {
    files: { 'a.txt': name, 'b.txt': 'old' },
  });

it('renders a file of the workspace into another', async () => {
  const { files } = await render({ sourcePath: 'a.txt', targetPath: 'x/c.txt', values: { name: 'shop' } });
  expect(files).toEqual({ 'a.txt': name, 'b.txt': 'old', 'x/c.txt': 'shop' });
});

it('leaves what is there already, unless it is to replace it', async () => {
  const input = { sourcePath: 'a.txt', targetPath: 'b.txt', values: { name: 'new' } };
  expect((await render(input)).files['b.txt']).toBe('old');
  expect((await render({ ...input, replace: true })).files['b.txt']).toBe('new');
});

it.each([
  [{ sourcePath: 'nowhere', targetPath: 'x' }, 'nowhere is not there'],
  [{ sourcePath: '/etc/passwd', targetPath: 'x' }, 'not within the workspace'],
  [{ sourcePath: 'a.txt', targetPath: '../x' }, 'not within the workspace'],
])('refuses %j', async (input, message) => {
  await expect(render(input)).rejects.toThrow(message);
});
