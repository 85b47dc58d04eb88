/** Pages as the index has them, made by the renderer from what authors write. */
import { renderPage } from '../markdown/render-page.ts';
import type { RotPage } from './found.ts';
import { isPast } from './past-pages.ts';

/** @param files texts by path in the repository; pages lie in `docs/`. */
export function pagesOf(files: Readonly<Record<string, string>>): RotPage[] {
  const inDocs = Object.keys(files).filter((path) => path.startsWith('docs/'));
  const names = inDocs.map((path) => path.slice('docs/'.length));
  return names.flatMap((path) => {
    if (!path.endsWith('.md')) return [];
    const context = {
      ...{ key: 'site', flavour: 'github' as const, files: names, query: '' },
      ...{ pageBase: '/docs/component/default/pay', fileBase: '/api/docs/files/component/default/pay' },
    };
    const text = files[`docs/${path}`] ?? '';
    const outline = renderPage(context, { path, text, snippets: {} }, { highlight: false });
    const page = path.replace(/\.md$/, '').replace(/^index$/, '');
    const at = `docs/${path}`;
    return [{ page, path, at, title: outline.title, outline, historical: isPast(at) }];
  });
}

/** Of a commit on a day. */
export function change(day: string, commit = day) {
  return { commit, author: 'Ann', email: 'ann@example.com', at: `${day}T12:00:00Z`, subject: 'change' };
}
