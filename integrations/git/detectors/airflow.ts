import type { Detector, Finding, Tree } from '../detector.ts';
import { codeFiles } from '../reading/code.ts';
import { lineOf } from '../reading/parse.ts';

const USES_AIRFLOW = /^[ \t]*(from|import)\s+airflow\b/m;
const DAG_ID = /\bDAG\s*\(\s*(?:dag_id\s*=\s*)?["']([\w.-]+)["']/;
const NAMED_DAG = /@dag\s*\([^)]*?\bdag_id\s*=\s*["']([\w.-]+)["']/;
const DECORATED = /@dag\b[^\n]*(?:\n(?!\s*def\b)[^\n]*){0,30}\n\s*def\s+(\w+)/;

export const airflow: Detector = {
  id: 'airflow',
  detect: (tree) =>
    codeFiles(tree)
      .filter(({ language }) => language === 'Python')
      .flatMap(({ path }) => readDag(tree, path)),
};

/** A file that defines a DAG is a pipeline of its own: many live in one folder. */
function readDag(tree: Tree, path: string): Finding[] {
  const source = tree.read(path);
  if (!source?.includes('airflow') || !USES_AIRFLOW.test(source)) return [];
  const match = DAG_ID.exec(source) ?? NAMED_DAG.exec(source) ?? DECORATED.exec(source);
  const name = match?.[1];
  if (!name) return [];
  const place = tree.place(path, lineOf(source, match.index));
  return [
    {
      what: 'component',
      folder: path,
      name,
      type: 'pipeline',
      language: 'Python',
      framework: 'Airflow',
      place,
      confidence: 'found',
    },
  ];
}
