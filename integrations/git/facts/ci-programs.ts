/** Programs that pipelines run, and how to tell by their arguments that they test or build. */

/** What is looked for behind a program's name; `true` where the name says all. */
export type Sign = RegExp | true | undefined;

export interface Program {
  names: string;
  tests?: Sign;
  builds?: Sign;
  /** Of the code that it can be about; any when left out. */
  languages?: readonly string[];
}

/** `test`, `test:unit`, `api/test`, `+test`; not `--no-test`. */
const TEST_TARGET = /(?:^| )(?!-)(?:[\w./+-]*[:+._/-])?tests?(?:[:._-]\S*)?(?= |$)/;
const CHECK_TARGET = /(?:^| )(?!-)(?:[\w./+-]*[:+._/-])?(?:tests?(?:[:._-]\S*)?|check|verify|specs?)(?= |$)/;
const BUILD_TARGET =
  /(?:^| )(?!-)(?:[\w./+-]*[:+._/-])?(?:build|bundle|compile|package|dist|images?|release)(?:[:._-]\S*)?(?= |$)/;
/** The first word that is no option. */
const first = (words: string) => new RegExp(`^(?:-\\S+ )*(?:${words})\\b`);

const SCRIPTS = ['JavaScript', 'TypeScript'];
const JVM = ['Java', 'Kotlin', 'Scala', 'Groovy', 'Clojure'];
const NET = ['C#', 'F#', 'Visual Basic'];

const OF_ANY: readonly Program[] = [
  {
    names: 'npm yarn pnpm bun nx turbo lerna rush deno',
    tests: /(?:^| )(?:t|tst)(?= |$)|(?:^| )(?!-)(?:[\w./+-]*[:+._/-])?tests?(?:[:._-]\S*)?(?= |$)/,
    builds: BUILD_TARGET,
  },
  { names: 'cypress', tests: first('run') },
  { names: 'playwright', tests: first('test') },
  { names: 'make gmake just task mage invoke inv earthly', tests: CHECK_TARGET, builds: BUILD_TARGET },
  { names: 'bazel bazelisk pants buck2', tests: first('test|coverage'), builds: BUILD_TARGET },
  { names: 'bats cucumber behat', tests: true },
  { names: 'helm', tests: first('unittest|test'), builds: first('package') },
  { names: 'ct', tests: first('install|lint-and-install') },
  { names: 'opa promtool molecule terraform tofu', tests: first('test') },
  {
    names: 'docker podman buildah nerdctl docker-compose buildx',
    builds: /(?:^| )(?:build|buildx|buildAndPush|bake|bud)(?= |$)|(?:^| )--build(?= |$)/,
  },
  { names: 'skaffold', tests: first('test|verify'), builds: first('build|run') },
  { names: 'pack nixpacks', builds: first('build') },
  { names: 'executor img', builds: true },
];

const OF_SOME: readonly Program[] = [
  { names: 'vitest jest mocha ava karma jasmine wdio nyc tap', tests: true, languages: SCRIPTS },
  {
    names: 'react-scripts ng vue-cli-service',
    tests: first('test'),
    builds: first('build'),
    languages: SCRIPTS,
  },
  { names: 'node tsx ts-node', tests: /(?:^| )--test(?= |$)/, languages: SCRIPTS },
  {
    names: 'vite next nuxt astro gatsby parcel rspack expo eas',
    builds: /(?:^| )build(?= |$)/,
    languages: SCRIPTS,
  },
  { names: 'webpack rollup esbuild tsup', builds: true, languages: SCRIPTS },
  { names: 'tsc', builds: /^(?!.*--noEmit)/i, languages: SCRIPTS },
  { names: 'go', tests: first('test|tool gotestsum'), builds: first('build'), languages: ['Go'] },
  { names: 'gotestsum ginkgo', tests: true, languages: ['Go'] },
  { names: 'ko', builds: first('build|publish|resolve'), languages: ['Go'] },
  { names: 'goreleaser', builds: true, languages: ['Go', 'Rust', 'Zig'] },
  { names: 'pytest py.test tox nox nosetests stestr', tests: true, languages: ['Python'] },
  {
    names: 'python python3 py',
    tests: /-m (?:pytest|unittest|nose2?|tox|coverage run)\b|manage\.py test\b|setup\.py test\b/,
    builds: /-m build\b|setup\.py (?:sdist|bdist\w*|build)\b/,
    languages: ['Python'],
  },
  { names: 'coverage', tests: first('run'), languages: ['Python'] },
  { names: 'poetry uv pdm hatch flit', tests: first('test'), builds: first('build'), languages: ['Python'] },
  {
    names: 'cargo cross',
    tests: first('test|t|nextest|tarpaulin|llvm-cov'),
    builds: first('build|b'),
    languages: ['Rust'],
  },
  {
    names: 'mvn mvnw mvnd mvn.cmd mvnw.cmd maven',
    tests:
      /^(?!.*-DskipTests(?!=false))(?!.*-Dmaven\.test\.skip(?!=false)).*(?:^| )(?:test|package|verify|install|deploy|integration-test)(?= |$)/,
    builds: /(?:^| )(?:package|verify|install|deploy|compile|\S*:build(?:-image)?|\S*jib\S*)(?= |$)/,
    languages: JVM,
  },
  {
    names: 'gradle gradlew gradlew.bat',
    tests: /^(?!.*-x :?test(?: |$)).*(?:^| |:)(?:test\w*|\w+Tests?|check|build|verify)(?= |$)/,
    builds:
      /(?:^| |:)(?:build|assemble\w*|bootJar|bootBuildImage|jib\w*|installDist|shadowJar|jar|war|publish\w*|bundle\w+)(?= |$)/,
    languages: JVM,
  },
  {
    names: 'java',
    // Classes are called so, by Maven's convention and by JUnit's own runners.
    tests:
      /junit-platform-console|(?:^| )(?:[\w$]+\.)*(?:Test[A-Z]\w*|\w*(?:Tests?|TestCase|TestSuite)|JUnitCore)(?= |$)/,
    languages: JVM,
  },
  { names: 'javac kotlinc', builds: true, languages: JVM },
  { names: 'sbt mill lein', tests: first('test|coverage'), builds: BUILD_TARGET, languages: JVM },
  {
    names: 'dotnet',
    tests: first('test|vstest'),
    builds: first('build|publish|pack|msbuild'),
    languages: NET,
  },
  { names: 'msbuild nuke', builds: true, languages: NET },
  { names: 'rake rails', tests: CHECK_TARGET, builds: first('build|assets:precompile'), languages: ['Ruby'] },
  { names: 'gem', builds: first('build'), languages: ['Ruby'] },
  { names: 'rspec minitest', tests: true, languages: ['Ruby'] },
  { names: 'phpunit pest codecept', tests: true, languages: ['PHP'] },
  { names: 'artisan composer', tests: TEST_TARGET, languages: ['PHP'] },
  {
    names: 'mix rebar3',
    tests: TEST_TARGET,
    builds: first('compile|release'),
    languages: ['Elixir', 'Erlang'],
  },
  { names: 'busted', tests: true, languages: ['Lua'] },
  { names: 'prove', tests: true, languages: ['Perl'] },
  { names: 'swift xcodebuild fastlane', tests: TEST_TARGET, builds: BUILD_TARGET, languages: ['Swift'] },
  { names: 'flutter dart', tests: TEST_TARGET, builds: BUILD_TARGET, languages: ['Dart'] },
  { names: 'stack cabal', tests: TEST_TARGET, builds: BUILD_TARGET, languages: ['Haskell'] },
  { names: 'zig', tests: TEST_TARGET, builds: BUILD_TARGET, languages: ['Zig'] },
  { names: 'ctest', tests: true, languages: ['C', 'C++'] },
  { names: 'cmake ninja meson', tests: first('test'), builds: /--build\b|^$/, languages: ['C', 'C++'] },
  { names: 'dbt', tests: first('test|build'), builds: first('build|run') },
];

/** By the name as it is called. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  [...OF_ANY, ...OF_SOME].flatMap((one) => one.names.split(' ').map((name) => [name, one] as const)),
);
