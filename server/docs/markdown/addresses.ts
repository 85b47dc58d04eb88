/** Where the pages and files of a site are found. */

const pageName = /\.(?:md|markdown|mdown|mkdn|mkd)$/i;

/** Whether a path of the folder of documents is a page; every other path is a file. */
export function isPage(path: string): boolean {
  return pageName.test(path);
}

/**
 * Where a page stands below its site: `guide/setup.md` at `guide/setup`, `guide/index.md` and `guide/README.md` at
 * `guide`, the site's first page at the empty path. Not encoded for an address.
 */
export function pageAddress(path: string): string {
  const bare = path.replace(pageName, '');
  const slash = bare.lastIndexOf('/');
  const name = bare.slice(slash + 1);
  if (name !== 'index' && name.toLowerCase() !== 'readme') return bare;
  return slash < 0 ? '' : bare.slice(0, slash);
}
