/** Steps of pipelines that run a program without naming its command. */

import { shortName } from '../reading/names.ts';
import { dig, type Fields, list, text } from '../reading/parse.ts';

/** Actions of GitHub, tasks of Azure and plugins, and the program that each runs. */
const PROGRAMS: readonly (readonly [pattern: RegExp, program: string])[] = [
  [/gradle-build-action|gradle-command-action|gradle\/actions|^Gradle@/i, 'gradle'],
  [/^Maven@|maven-(?:action|cli)/i, 'mvn'],
  [/^DotNetCoreCLI@/i, 'dotnet'],
  [/^VSTest@/i, 'dotnet test'],
  [/^(?:VSBuild|MSBuild)@/i, 'dotnet build'],
  [/^Npm@/i, 'npm'],
  [/^Yarn@|actions-yarn/i, 'yarn'],
  [/^Go@/i, 'go'],
  [/^Docker(?:Compose)?@/i, 'docker'],
  [/docker\/(?:build-push|bake)-action|kaniko|buildah-build|docker-build|container-build/i, 'docker build'],
  [/goreleaser/i, 'goreleaser release'],
  [/cypress-io\/github-action/i, 'cypress run'],
  [/actions-rs\/cargo/i, 'cargo'],
  [/cibuildwheel/i, 'python -m build'],
];
const ARGUMENTS = ['command', 'cmd', 'tasks', 'goals', 'arguments', 'args', 'customCommand', 'options'];

/** The command that a step comes to, for those that are known. */
export function asCommand(step: Fields): string | undefined {
  const name = text(step.uses) ?? text(step.task);
  if (name !== undefined) {
    const program = PROGRAMS.find(([pattern]) => pattern.test(name))?.[1];
    if (program === undefined) return undefined;
    const given = ARGUMENTS.flatMap(
      (key) => text(dig(step, 'with', key)) ?? text(dig(step, 'inputs', key)) ?? [],
    );
    return [program, ...given].join(' ');
  }
  return builderCommand(step);
}

/** A step of Google's Cloud Build names an image that is a program, and its arguments. */
function builderCommand(step: Fields): string | undefined {
  const image = text(step.name);
  if (image === undefined || !Array.isArray(step.args) || !image.includes('/')) return undefined;
  const program = shortName(image).split(/[:@]/)[0] ?? '';
  return [program, text(step.entrypoint), ...list(step.args).map(text)].filter(Boolean).join(' ');
}

const USUAL = new Map([
  ['node_js', 'npm test'],
  ['java', 'mvn test'],
  ['go', 'go test'],
  ['ruby', 'rake test'],
  ['rust', 'cargo test'],
  ['php', 'phpunit'],
  ['scala', 'sbt test'],
  ['elixir', 'mix test'],
]);

/** What Travis CI runs for a language when nothing else is said. */
export function usualCommand(settings: Fields): { text: string } | undefined {
  const isSaid =
    settings.script !== undefined || settings.jobs !== undefined || settings.matrix !== undefined;
  const command = USUAL.get(text(settings.language) ?? '');
  return isSaid || command === undefined ? undefined : { text: command };
}
