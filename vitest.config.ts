import { defineConfig } from 'vitest/config';
import { storeTests } from './tools/store-tests.ts';

/** Tests that take minutes; `.ci/run` runs them, `npm test` does not. */
const slow = '**/*.slow.test.ts';
const runsAll = process.env.ATRIUM_TEST_SLOW !== undefined;
/** What is most likely to differ between the stores; `.ci/run` runs all store tests on both. */
const brieflyEmbedded = /^server\/(sources|actions\/runs)\//;

export default defineConfig({
  test: {
    reporters: ['default', './tools/totals-reporter.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // The files of a worker share what they import: loading it anew took as long as the tests.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{model,integrations,server,cli,sample,web,tools,bench}/**/*.test.{ts,tsx}'],
          exclude: ['sample/estate/**', 'web/dist/**', slow, ...storeTests()],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: storeTests(),
          env: { ATRIUM_TEST_STORE: 'postgres' },
          globalSetup: './tools/postgres-setup.ts',
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          include: storeTests().filter((file) => runsAll || brieflyEmbedded.test(file)),
          globalSetup: './tools/embedded-setup.ts',
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['e2e/**/*.test.ts'], exclude: [slow], testTimeout: 120_000 },
      },
      ...(runsAll ? [slowProject()] : []),
    ],
  },
});

function slowProject() {
  return {
    extends: true as const,
    test: {
      name: 'slow',
      include: [slow],
      exclude: ['node_modules/**'],
      fileParallelism: false,
      testTimeout: 900_000,
    },
  };
}
