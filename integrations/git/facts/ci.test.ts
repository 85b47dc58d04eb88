import { describe, expect, it } from 'vitest';
import { ci } from './ci.ts';
import { judge, wordsOf } from './ci-commands.ts';
import { observe } from './scope.test-helper.ts';

const workflow = (...commands: string[]) =>
  `on: push\njobs:\n  a:\n    steps:\n${commands.map((one) => `      - run: ${JSON.stringify(one)}\n`).join('')}`;
const seen = (files: Record<string, string>, folder = '') => observe(ci, files, { folder })?.value;

const testing = [
  'npm test',
  'npm run test:unit -- --coverage',
  'yarn workspace api test',
  'npx vitest run',
  'go test ./...',
  'python -m pytest',
  'poetry run pytest -q',
  './mvnw -B verify',
  'mvn clean test -Pci',
  './gradlew check',
  './gradlew clean build',
  'java -cp out ServiceTest',
  'java -ea -cp build:lib/* org.junit.runner.JUnitCore com.shop.CartTests',
  'java -jar lib/junit-platform-console-standalone.jar execute --scan-classpath',
  'cargo test --all',
  'dotnet test Shop.sln',
  'make test-unit',
  'bundle exec rspec',
  'vendor/bin/phpunit',
  'mix test',
  'bash scripts/run-tests.sh',
  'docker compose run --rm app pytest',
  'bazel test //...',
];

describe('judge', () => {
  const does = (command: string) => judge(wordsOf(command));

  it.each(testing)('sees tests in: %s', (command) => {
    expect(does(command).tests).toBe(true);
  });

  it.each([
    'pip install pytest',
    'sudo npm install -g mocha',
    'echo npm test',
    'npm run lint',
    'npm run build -- --no-test',
    './mvnw -DskipTests package',
    'mvn package -Dmaven.test.skip=true',
    './gradlew build -x test',
    'java -cp target/test-classes Main',
    'java -Dtest=true -jar Latest.jar',
    'docker build -t shop/test .',
    'go build ./cmd/test',
    'npx playwright install',
    'cat test.sh',
    'golangci-lint run',
  ])('sees none in: %s', (command) => {
    expect(does(command).tests).toBe(false);
  });

  it.each([
    'npm run build',
    'docker build -t shop .',
    'docker compose up --build',
    'go build ./...',
    './mvnw -DskipTests package',
    './gradlew bootJar',
    'javac -d out src/Main.java',
    'cargo build --release',
    'make',
    'make image',
    'npx tsc -p .',
    './build.sh',
  ])('sees something built in: %s', (command) => {
    expect(does(command).builds).toBe(true);
  });

  it.each(['npx tsc --noEmit', 'npm test', 'go vet ./...', 'docker push shop', 'git checkout build'])(
    'sees nothing built in: %s',
    (command) => {
      expect(does(command).builds).toBe(false);
    },
  );
});

it.each([
  ['github-actions', '.github/workflows/ci.yml', workflow('npm ci && npm test', 'docker build .')],
  ['gitlab-ci', '.gitlab-ci.yml', 'test:\n  script: [npm test]\nimage:\n  script:\n    - docker build .\n'],
  ['jenkins', 'Jenkinsfile', "pipeline { steps { sh './mvnw verify' } }"],
  [
    'circleci',
    '.circleci/config.yml',
    'jobs:\n  a:\n    steps:\n      - run: go test ./...\n      - run: {command: go build}\n',
  ],
  [
    'azure-pipelines',
    'azure-pipelines.yml',
    'steps:\n- task: DotNetCoreCLI@2\n  inputs: {command: test}\n- script: dotnet publish\n',
  ],
  ['buildkite', '.buildkite/pipeline.yml', 'steps:\n- command: cargo test\n- commands: [cargo build]\n'],
  ['travis-ci', '.travis.yml', 'script:\n- pytest\n- docker build .\n'],
  [
    'google-cloud-build',
    'cloudbuild.yaml',
    "steps:\n- name: gcr.io/cloud-builders/mvn\n  args: ['test']\n- name: gcr.io/cloud-builders/docker\n  args: [build, .]\n",
  ],
])('reads %s', (system, path, source) => {
  expect(observe(ci, { [path]: source })).toEqual({
    value: { present: true, systems: [system], runsTests: true, builds: true },
    path,
  });
});

it('does not take a workflow for CI that runs nothing', () => {
  const stale =
    'on: {schedule: [{cron: "0 0 * * *"}]}\njobs:\n  a:\n    steps:\n      - uses: actions/stale@v9\n';
  const none = { present: false, systems: [], runsTests: false, builds: false };
  expect(seen({ '.github/workflows/stale.yml': stale })).toEqual(none);
  expect(seen({ '.github/workflows/broken.yml': 'jobs: [', '.gitlab-ci.yml': '\t:' })).toEqual(none);
});

it('follows scripts and targets to what they do', () => {
  const files = {
    '.github/workflows/ci.yml': workflow('npm run ci', 'make all'),
    'package.json': '{"scripts":{"ci":"npm run lint && npm run unit","unit":"vitest run","lint":"eslint ."}}',
    Makefile: 'all: lint image\n\nimage:\n\tdocker build .\n',
  };
  expect(seen(files)).toMatchObject({ runsTests: true, builds: true });
  const empty = '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}';
  expect(
    seen({ ...files, '.github/workflows/ci.yml': workflow('npm test'), 'package.json': empty }),
  ).toMatchObject({
    runsTests: false,
  });
});

it('reads actions of the same repository, and knows others by name', () => {
  const uses = (name: string) => `on: push\njobs:\n  a:\n    steps:\n      - uses: ${name}\n`;
  const files = {
    '.github/workflows/ci.yml': uses('./.github/actions/check'),
    '.github/actions/check/action.yml': 'runs:\n  steps:\n    - run: pytest\n',
  };
  expect(seen(files)?.runsTests).toBe(true);
  const shared = 'on: push\njobs:\n  a:\n    uses: acme/shared/.github/workflows/test.yml@v1\n';
  expect(seen({ '.github/workflows/ci.yml': shared })).toMatchObject({
    present: true,
    runsTests: true,
    builds: false,
  });
});

it('leaves out what is done for another component', () => {
  const files = {
    '.github/workflows/api.yml': `${workflow('go test ./...')}`.replace(
      'on: push',
      'on: {push: {paths: ["api/**"]}}',
    ),
    '.github/workflows/all.yml': workflow('cd web && npm test', 'cd worker && docker build .'),
    'api/go.mod': '',
    'web/package.json': '',
  };
  expect(seen(files, 'api')).toMatchObject({ present: true, runsTests: true, builds: false });
  expect(seen(files, 'worker')).toMatchObject({ present: true, runsTests: false, builds: true });
  expect(seen(files, 'web')).toMatchObject({ present: true, runsTests: true, builds: false });
});

it('follows scripts of the shell, from where they are called', () => {
  const files = {
    '.github/workflows/ci.yml': workflow('./scripts/check.sh'),
    'scripts/check.sh': '#!/bin/sh\nset -e\ncd api\ngo test ./...\n./scripts/check.sh\n',
    'api/go.mod': '',
    'web/a.ts': '',
  };
  expect(seen(files, 'api')).toMatchObject({ runsTests: true });
  expect(seen(files, 'web')).toMatchObject({ present: true, runsTests: false });
});

it('takes tests in a folder of their own for tests of what lies around', () => {
  const files = {
    '.github/workflows/ci.yml': workflow('cd tests && npx playwright test'),
    'tests/a.ts': '',
    'web/a.ts': '',
  };
  expect(seen(files, 'web')?.runsTests).toBe(true);
});

it('knows what Travis runs when nothing is said', () => {
  expect(seen({ '.travis.yml': 'language: java\nafter_success:\n  - docker build .\n' })).toMatchObject({
    runsTests: true,
    builds: true,
  });
  expect(seen({ '.travis.yml': 'language: java\nscript: [./lint]\n' })?.runsTests).toBe(false);
});

it('does not follow scripts in circles, however many call each other', () => {
  const names = Array.from({ length: 30 }, (_, index) => `t${index}`);
  const Makefile = names
    .map((name) => `${name}: ${names.join(' ')}\n\tmake ${names.join(' && make ')}\n`)
    .join('\n');
  expect(seen({ '.github/workflows/ci.yml': workflow('make t0'), Makefile })).toMatchObject({
    present: true,
    runsTests: false,
  });
});

it('does not take tests in one language for tests of a component in another', () => {
  const files = {
    '.github/workflows/ci.yml': workflow(
      'for one in a b; do pushd src/$one; go test; popd; done',
      'make all',
    ),
    Makefile: 'all:\n\tpytest\n',
    'src/a/main.go': '',
    'src/c/Main.java': '',
    'src/d/main.py': '',
  };
  expect(seen(files, 'src/a')?.runsTests).toBe(true);
  expect(seen(files, 'src/c')?.runsTests).toBe(false);
  expect(seen(files, 'src/d')?.runsTests).toBe(true);
});

describe('where tests run', () => {
  const files = (...commands: string[]) => ({
    '.github/workflows/ci.yml': workflow(...commands),
    'src/a/main.go': '',
    'src/b/main.go': '',
    'src/c/main.go': '',
  });
  const tested = (...commands: string[]) =>
    ['a', 'b', 'c'].filter((name) => seen(files(...commands), `src/${name}`)?.runsTests).join('');

  it.each([
    ['for one in "a" b; do\n  pushd src/$one\n  go test ./...\n  popd\ndone', 'ab'],
    ['for one in a b; do cd src/$one; go vet; cd ../..; done\ncd src/c\ngo test', 'c'],
    ['for one in $(ls src); do cd src/$one; go test; done', 'abc'],
    ['(cd src/a && go test)\n(cd src/b && go build)', 'a'],
    ['(cd src/a && go vet)\ngo test ./...', 'abc'],
    ['VERSION=$(cd src/a && git describe)\ngo test ./...', 'abc'],
    ['pushd src/a\ngo vet\npopd\ngo test', 'abc'],
    ['go test ./src/a/... ./src/b', 'ab'],
    ['go test ./src/missing/...', 'abc'],
    ['go test -coverprofile src/a/out ./...', 'abc'],
  ])('follows the shell: %j', (command, names) => {
    expect(tested(command)).toBe(names);
  });

  it('goes by the folder or file that a command names', () => {
    const all = {
      '.github/workflows/ci.yml': workflow('dotnet test src/cart/', 'pytest -c tool.ini api/tests/test_a.py'),
      'src/cart/a.cs': '',
      'src/shop/a.cs': '',
      'api/tests/test_a.py': '',
      'jobs/a.py': '',
    };
    const runs = (folder: string) => seen(all, folder)?.runsTests;
    expect([runs('src/cart'), runs('src/shop'), runs('api'), runs('jobs')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
