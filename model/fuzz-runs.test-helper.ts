/** How often a property is tried: `.ci/run` tries all, `npm test` a tenth, so that it stays quick. */
export function fuzzRuns(all: number): number {
  return process.env.ATRIUM_TEST_SLOW ? all : Math.ceil(all / 10);
}
