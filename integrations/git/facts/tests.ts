import { baseOf, folderOf, isTestFile } from '../reading/paths.ts';
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { projectReferences } from './manifest-relatives.ts';
import { observation } from './observation.ts';
import { ownFiles } from './own-files.ts';
import { COUNT, FLAG } from './schema-parts.ts';

/** What the languages' test runners look for, beside what detectors leave out as tests. */
const NAMED =
  /^(test_.*\.py|tests?\.py|.*_test\.(go|py|exs|rb|dart|c|cc|cpp|rs|clj)|.*_unittest\.(c|cc|cpp)|.*[._-](test|spec|cy|e2e|e2e-spec|integration)s?\.[cm]?[jt]sx?|.*(Tests?|IT|ITCase|TestCase|Specs?|Suite)\.(java|kt|kts|groovy|scala|cs|fs|vb|swift|php|m)|Test[A-Z]\w*\.(java|kt|py)|.*_spec\.(rb|lua|cr)|test_.*\.(rb|c|cc|cpp|r|R|jl)|test-.*\.(R|r)|.*Cest\.php|.*\.bats|.*\.t|.*\.feature|.*\.tftest\.hcl|.*_test\.rego)$/;
/** Every script in these is run. */
const SCRIPT_FOLDER = /(^|\/)(__tests__|tests?|specs?|cypress\/(e2e|integration))\//;
const SCRIPT = /\.([cm]?[jt]sx?)$/;
/** What tests need and no runner takes for one. */
const HELP =
  /(^|\/)(__mocks__|mocks?|fixtures?|helpers?|support|utils?|testdata|test-data|__snapshots__|data|config)\/|(^|\/)(setup|global-?setup|teardown|helpers?|utils?|index|server|common)\.\w+$|\.config\.\w+$|\.d\.ts$/i;
const RUST_FOLDER = /(^|\/)tests\/[^/]+\.rs$/;
/** Code whose tests no name tells of: Rust has them beside the code, in the same file. */
const BY_CONTENT: readonly (readonly [path: RegExp, content: RegExp])[] = [
  [/\.rs$/, /#\[(?:cfg\(test\)|(?:\w{1,50}::){0,3}test\b)/],
  [
    /(^|\/)src\/\w*[tT]est\w*\/.+\.(java|kt|groovy|scala)$/,
    /@(?:Parameterized)?Test\b|\bextends (?:\w*Spec|\w*FunSuite|Specification)\b/,
  ],
];

const PROJECT = /\.(cs|fs|vb)proj$/;
const TEST_PROJECT =
  /<IsTestProject>\s*true|Include="(xunit[^"]*|NUnit|MSTest[^"]*|Microsoft\.NET\.Test\.Sdk|TUnit)"|Sdk="MSTest\.Sdk/i;

export const tests: FactCollector = {
  name: 'tests',
  title: 'Tests',
  description:
    'Files with tests, by the conventions of the languages. Projects of .NET that test the component count wherever they lie.',
  schema: {
    type: 'object',
    required: ['present', 'files'],
    properties: { present: FLAG, files: COUNT },
  },
  collect(scope) {
    const own = ownFiles(scope).filter((path) => !isBorrowed(path));
    const found = new Set([...own.filter(isTest), ...testsByContent(scope, own), ...projectTests(scope)]);
    return observation({ present: found.size > 0, files: found.size }, [...found][0]);
  },
};

function isTest(path: string): boolean {
  if (isTestFile(path) || NAMED.test(baseOf(path)) || RUST_FOLDER.test(path)) return true;
  return SCRIPT_FOLDER.test(path) && SCRIPT.test(path) && !HELP.test(path);
}

function testsByContent({ tree }: Scope, own: readonly string[]): string[] {
  return own
    .filter((path) => BY_CONTENT.some(([pattern]) => pattern.test(path)) && !isTest(path))
    .slice(0, MOST_READ / 2)
    .filter((path) =>
      BY_CONTENT.some(([pattern, content]) => pattern.test(path) && content.test(tree.read(path) ?? '')),
    );
}

/** Files of test projects that refer to a project of the component. */
function projectTests(scope: Scope): string[] {
  const { tree } = scope;
  const projects = new Set(ownFiles(scope).filter((path) => PROJECT.test(path)));
  if (projects.size === 0) return [];
  return tree.files
    .filter((path) => PROJECT.test(path) && !projects.has(path))
    .slice(0, MOST_READ / 2)
    .filter((path) => {
      const source = tree.read(path) ?? '';
      return TEST_PROJECT.test(source) && projectReferences(source, path).some((one) => projects.has(one));
    })
    .flatMap((path) => {
      const folder = `${folderOf(path)}/`;
      return tree.files.filter((file) => file.startsWith(folder) && isTest(file));
    });
}
