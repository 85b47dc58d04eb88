import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Problem } from '#model/contribution.ts';
import { readDescriptors } from '#model/descriptor.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { deriveRelations } from '#model/relations.ts';
import { terminalText } from '#model/terminal-text.ts';
import { validateEntity } from '#model/validate.ts';

/** Checks descriptor files and prints each problem as file:line:column. Exits with 1 when one is an error. */
export async function validate(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const kinds = createKindRegistry();
  let errors = 0;
  for (const file of positionals) {
    const problems = problemsIn(readFileSync(file, 'utf8'), kinds);
    for (const { level, line, column, message, remedy } of problems) {
      console.log(terminalText(`${file}:${line ?? 1}:${column ?? 1}: ${level}: ${message} ${remedy}`));
    }
    errors += problems.filter(({ level }) => level === 'error').length;
  }
  console.log(errors === 0 ? `${positionals.length} files are valid` : `${errors} errors`);
  return errors === 0 ? 0 : 1;
}

function problemsIn(text: string, kinds: ReturnType<typeof createKindRegistry>): Problem[] {
  return readDescriptors(text).flatMap((document) => {
    if (document.value === undefined) return document.problems;
    const { entity, problems } = validateEntity(document.value, kinds);
    const all = [...problems, ...(entity ? deriveRelations(entity, kinds).problems : [])];
    const located = all.map((problem) => ({
      line: document.lines[problem.field ?? ''] ?? document.line,
      ...problem,
    }));
    return [...document.problems, ...located];
  });
}
