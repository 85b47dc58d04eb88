import type { FactCollector } from './collector.ts';
import { type DockerfileProblem, judgeStages } from './dockerfile-rules.ts';
import { observation } from './observation.ts';
import { ownDockerfiles } from './own-dockerfiles.ts';
import { runsUnprivileged } from './pod-security.ts';
import { COUNT, FLAG, TEXT } from './schema-parts.ts';

const MOST_PROBLEMS = 50;

export const container: FactCollector = {
  name: 'container',
  title: 'Container images',
  description:
    'What its Dockerfiles say of the images that run: as whom, on which base, and what is wrong with them.',
  schema: {
    type: 'object',
    required: ['files', 'nonRoot', 'pinnedBase', 'healthcheck', 'problems'],
    properties: {
      files: { ...COUNT, description: 'Dockerfiles, without those for development and tests' },
      nonRoot: {
        ...FLAG,
        description:
          'Every image runs as somebody else than root, or every workload of Kubernetes sees to it',
      },
      pinnedBase: { ...FLAG, description: 'Every base image has a tag that isn’t `latest`, or a digest' },
      healthcheck: { ...FLAG, description: 'Every image says how to see whether it is well' },
      problems: {
        type: 'array',
        maxItems: MOST_PROBLEMS,
        items: {
          type: 'object',
          required: ['path', 'line', 'level', 'rule', 'message'],
          properties: {
            path: TEXT,
            line: { type: 'integer', minimum: 1 },
            level: { enum: ['error', 'warning'] },
            rule: {
              enum: [
                'base-pinned',
                'non-root',
                'add-url',
                'no-secret',
                'pipe-to-shell',
                'apt-yes',
                'apt-recommends',
              ],
            },
            message: TEXT,
          },
        },
      },
    },
  },
  collect(scope) {
    const judged = ownDockerfiles(scope).map(({ path, stages }) => ({ path, verdict: judgeStages(stages) }));
    if (judged.length === 0) return undefined;
    const isSeenTo = judged.some(({ verdict }) => !verdict.nonRoot) && runsUnprivileged(scope);
    const problems = judged.flatMap(({ path, verdict }) =>
      verdict.problems.map((one) => ({ path, ...(isSeenTo ? lighter(one) : one) })),
    );
    const errors = problems.filter(({ level }) => level === 'error');
    const warnings = problems.filter(({ level }) => level === 'warning');
    const details = {
      files: judged.length,
      nonRoot: isSeenTo || judged.every(({ verdict }) => verdict.nonRoot),
      pinnedBase: judged.every(({ verdict }) => verdict.pinnedBase),
      healthcheck: judged.every(({ verdict }) => verdict.healthcheck),
      problems: [...errors, ...warnings].slice(0, MOST_PROBLEMS),
    };
    const worst = errors[0] ?? warnings[0];
    return observation(details, worst?.path ?? judged[0]?.path, worst?.line);
  },
};

/** What a workload makes good is still worth mending: somewhere else the image may run without it. */
function lighter(problem: DockerfileProblem): DockerfileProblem {
  return problem.rule === 'non-root' ? { ...problem, level: 'warning' } : problem;
}
