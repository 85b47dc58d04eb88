/**
 * Holds pages as Atrium renders them against the same pages as MkDocs built them, by what a reader would miss.
 *
 *   node bench/docs-compare.ts [--all] SITE BUILT [SITE BUILT]…
 *
 * SITE is a folder with a `mkdocs.yml`, or without one a folder of pages of TechDocs; BUILT is what `mkdocs build`
 * with the theme Material made of it. With `--all` every difference is printed, else 40 a site.
 */
import { compareSites } from '../tools/docs-compare.ts';

compareSites(process.argv.slice(2));
