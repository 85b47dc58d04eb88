/** The two folders of a site, and what the renderer has to know of each. */
import type { ListedFile } from '#model/file-tools.ts';
import type { SiteContext } from '../markdown/page.ts';
import { markdownSettings } from '../markdown/settings.ts';
import { isBelow, type Layout, type Mount } from './layout.ts';
import type { SiteFile, SiteFolder, SiteRequest } from './site.ts';

export interface Folders {
  docs: SiteFolder;
  /** All of the place, docs folder included: what lies beside the code may link into it. */
  beside: SiteFolder;
}

export function foldersOf(request: SiteRequest, layout: Layout, listed: readonly ListedFile[]): Folders {
  const docs = new Map<string, SiteFile>();
  const beside = new Map<string, SiteFile>();
  for (const { path, stamp, size } of listed) {
    const file = { real: path, stamp, size };
    const mount = layout.mounts.findLast(({ folder }) => isBelow(folder, path));
    if (mount) docs.set(inMount(mount, path), file);
    beside.set(path, file);
  }
  const { config, mounts } = layout;
  return {
    docs: { files: docs, context: docsContext(request, config, mounts[0]?.folder ?? '', docs) },
    beside: { files: beside, context: contextOf(request, 'beside', '', beside) },
  };
}

function docsContext(
  request: SiteRequest,
  config: Layout['config'],
  folder: string,
  files: ReadonlyMap<string, SiteFile>,
): SiteContext {
  const context = contextOf(request, 'docs', folder, files);
  return config ? { ...context, flavour: 'mkdocs', markdown: markdownSettings(config.fields) } : context;
}

function contextOf(
  { ref, version, host }: SiteRequest,
  part: 'docs' | 'beside',
  folder: string,
  files: ReadonlyMap<string, SiteFile>,
): SiteContext {
  const path = ref.replace(':', '/');
  const outside = host && `${host.view}${folder}`.replace(/\/$/, '');
  return {
    key: `${ref}@${version ?? ''} ${part}`,
    flavour: 'github',
    files: [...files.keys()],
    pageBase: `/docs/${path}`,
    fileBase: `/api/docs/files/${path}`,
    query: version === undefined ? '' : `?version=${encodeURIComponent(version)}`,
    ...(outside ? { outside } : {}),
  };
}

function inMount({ alias, folder }: Mount, path: string): string {
  const within = folder === '' ? path : path.slice(folder.length + 1);
  return alias === '' ? within : `${alias}/${within}`;
}
