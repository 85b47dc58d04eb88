import { defineConfig } from 'vitest/config';
import { storeTests } from './tools/store-tests.ts';

/** Tests that take minutes; `.ci/run` runs them, `npm test` does not. */
const slow = '**/*.slow.test.ts';

/** Unit and store tests run side by side; browser tests one after another, since each starts a portal. */
export default defineConfig({
  test: {
    reporters: ['default', './tools/totals-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{model,integrations,server,cli,sample,web,tools,bench}/**/*.test.{ts,tsx}'],
          exclude: ['sample/estate/**', 'web/dist/**', slow],
          globalSetup: './tools/embedded-setup.ts',
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
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          exclude: [slow],
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
      ...(process.env.ATRIUM_TEST_SLOW ? [slowProject()] : []),
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
