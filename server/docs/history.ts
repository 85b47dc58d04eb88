/** Who changed the pages of a site, and which versions of it there are. */
import type { FileChange, FileTools, Versions } from '#model/file-tools.ts';
import type { Site } from './site/site.ts';

export interface SiteHistory {
  versions: Versions;
  /** By path in the place. */
  changes: ReadonlyMap<string, FileChange>;
}

export class Histories {
  readonly #files: FileTools;
  /** A site is read anew when a commit comes. */
  readonly #known = new WeakMap<Site, Promise<SiteHistory>>();

  constructor(files: FileTools) {
    this.#files = files;
  }

  of(site: Site): Promise<SiteHistory> {
    let known = this.#known.get(site);
    if (!known) {
      known = this.#read(site);
      this.#known.set(site, known);
    }
    return known;
  }

  async #read({ place, version }: Site): Promise<SiteHistory> {
    const [versions, changes] = await Promise.all([
      this.#files.versions(place),
      this.#files.lastChanges(place, version),
    ]);
    return { versions, changes };
  }
}
