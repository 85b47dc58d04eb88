import { expect, it } from 'vitest';
import { startPostgres } from '../tools/postgres.ts';
import { killRounds } from './kill-rounds.ts';

const ROUNDS = 5;

it('loses nothing in five kills of the embedded store', async () => {
  expect((await killRounds({ rounds: ROUNDS })).failures).toEqual([]);
});

it('loses nothing in five kills on PostgreSQL', async () => {
  const postgres = await startPostgres();
  try {
    expect((await killRounds({ rounds: ROUNDS, createDatabase: postgres.createDatabase })).failures).toEqual(
      [],
    );
  } finally {
    await postgres.stop();
  }
});
