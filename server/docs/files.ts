/** Files that pages show or offer, in a form in which a browser does nothing else with them. */
import { AtriumError } from '#model/errors.ts';
import type { FileTools } from '#model/file-tools.ts';
import { cleanSvg } from './markdown/clean-svg.ts';
import type { Site } from './site/site.ts';

export interface ServedFile {
  bytes: Buffer;
  type: string;
  /** Everything but pictures is saved, never opened. */
  disposition: 'inline' | 'attachment';
  name: string;
}

const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  svg: 'image/svg+xml',
};

/** @throws {AtriumError} PAGE_NOT_FOUND, PAYLOAD_TOO_LARGE */
export async function serveFile(files: FileTools, site: Site, path: string): Promise<ServedFile> {
  const file = site.files.get(path);
  const bytes = file && (await files.read(site.place, file.real, site.version));
  if (!bytes) throw new AtriumError('PAGE_NOT_FOUND', `There is no file ${path} in ${site.title}`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const type = PICTURES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
  if (type === undefined) return { bytes, type: 'application/octet-stream', disposition: 'attachment', name };
  const clean = type === 'image/svg+xml' ? Buffer.from(cleanSvg(bytes.toString('utf8'))) : bytes;
  return { bytes: clean, type, disposition: 'inline', name };
}
