/** Holds the architecture: `node tools/check-imports.ts`, part of `npm run check`. */
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { checkFiles } from './file-rules.ts';
import { cruiseOptions, folders, importRules, resolveOptions } from './import-rules.ts';

export interface Violation {
  rule: string;
  from: string;
  to: string;
}

export interface ImportCheck {
  /** How many of our own modules were read. */
  modules: number;
  violations: Violation[];
}

/** Reads all imports below a folder and judges them. */
export async function checkImports(root: string): Promise<ImportCheck> {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(
    present,
    {
      ...cruiseOptions,
      baseDir: realpathSync(root),
      validate: true,
      ruleSet: { forbidden: [...importRules] },
    },
    resolveOptions,
    { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    modules: modules.filter(({ source }) => folders.some((folder) => source.startsWith(`${folder}/`))).length,
    violations: summary.violations.map(toViolation),
  };
}

function toViolation({ rule, from, to, cycle }: IViolation): Violation {
  const way = cycle?.map(({ name }) => name).join(' → ');
  return { rule: rule.name, from, to: way ?? to };
}

/** A check that reads nothing finds nothing: this is far below what there is, and far above nothing. */
const FEWEST_MODULES = 150;

async function main(root: string): Promise<number> {
  const { modules, violations } = await checkImports(root);
  const { files, problems } = checkFiles(root);
  for (const { rule, from, to } of violations) {
    const comment = importRules.find(({ name }) => name === rule)?.comment ?? '';
    console.error(`${from}: ${rule}: ${from === to ? '' : `→ ${to} `}${comment}`);
  }
  for (const { file, rule, message } of problems) console.error(`${file}: ${rule}: ${message}`);
  if (modules < FEWEST_MODULES) {
    console.error(
      `Only ${modules} modules were read, where at least ${FEWEST_MODULES} are expected: is @swc/core installed?`,
    );
    return 1;
  }
  const found = violations.length + problems.length;
  console.log(
    `${modules} modules keep ${importRules.length} import rules, ${files} files the file rules: ${found} violations`,
  );
  return found === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main(join(import.meta.dirname, '..'));
