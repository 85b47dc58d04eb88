import type { Tree } from '../detector.ts';
import { languagesIn } from './code.ts';
import { baseImage, imageType } from './images.ts';
import { folderOf, joinPath } from './paths.ts';

const BUILD_FILES =
  'package.json go.mod pom.xml build.gradle build.gradle.kts pyproject.toml requirements.txt setup.py Cargo.toml Gemfile composer.json mix.exs'.split(
    ' ',
  );

/** Where Dockerfiles are kept together: the folder tells nothing of what they build. */
export const SHELF =
  /^(docker|dockerfiles?|build|deploy|deployments?|package|ci|hack|scripts|infra|ops|containers?|images?)$/i;

/** Someone's product with one's own settings on top: its last stage is that product's image. */
export interface ConfiguredProduct {
  type: string;
  image: string;
}

/**
 * Whether a Dockerfile only configures a database, dashboard or the like. Scripts that fill it are not
 * code of one's own; a build file beside it tells that there is some.
 */
export function configuredProduct(tree: Tree, dockerfile: string): ConfiguredProduct | undefined {
  const source = tree.read(dockerfile);
  const image = source === undefined ? undefined : baseImage(source);
  const type = image === undefined ? undefined : imageType(image);
  if (source === undefined || image === undefined || type === undefined) return undefined;
  const folder = folderOf(dockerfile);
  const hasBuild = BUILD_FILES.some((file) => tree.read(joinPath(folder, file)) !== undefined);
  const compiles =
    /^\s*FROM\s[\s\S]*^\s*FROM\s/im.test(source) &&
    /^\s*RUN\b/m.test(source) &&
    languagesIn(tree, folder).length > 0;
  // Pages behind a web server are one's own whatever server that is.
  if (hasBuild || compiles || type === 'proxy') return undefined;
  return { type, image };
}
