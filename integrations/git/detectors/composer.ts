import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { hasFile } from '../reading/code.ts';
import { fields, parsed, parseJson, text } from '../reading/parse.ts';
import { filesNamed, folderOf } from '../reading/paths.ts';

const FRAMEWORKS: readonly [string, string][] = [
  ['laravel/framework', 'Laravel'],
  ['laravel/lumen-framework', 'Lumen'],
  ['symfony/framework-bundle', 'Symfony'],
  ['slim/slim', 'Slim'],
  ['cakephp/cakephp', 'CakePHP'],
  ['yiisoft/yii2', 'Yii'],
  ['drupal/core', 'Drupal'],
];

export const composer: Detector = {
  id: 'composer',
  detect: (tree) => filesNamed(tree, 'composer.json').flatMap((path) => readManifest(tree, path)),
};

function readManifest(tree: Tree, path: string): Finding[] {
  const manifest = fields(parsed(tree, path, parseJson));
  const folder = folderOf(path);
  const name = text(manifest.name);
  const required = fields(manifest.require);
  const framework = FRAMEWORKS.find(([dependency]) => dependency in required)?.[1];
  const isServed = framework !== undefined || hasFile(tree, folder, /^(Dockerfile|index\.php|artisan)$/);
  const isLibrary = !isServed && (manifest.type === 'library' || name !== undefined);
  const type: ComponentFinding['type'] = isServed ? 'service' : isLibrary ? 'library' : 'tool';
  const description = text(manifest.description);
  return [
    {
      what: 'component',
      folder,
      ...(name ? { name, aliases: [`composer:${name}`] } : {}),
      type,
      language: 'PHP',
      ...(framework ? { framework } : {}),
      ...(description ? { description } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}
