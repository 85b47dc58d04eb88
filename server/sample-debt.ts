import type { Kysely } from 'kysely';
import { insertDebt, type OwnershipDb } from './ownership/index.ts';

const DAY_MS = 86_400_000;

export interface SampleDebtDeps {
  db: Kysely<OwnershipDb>;
  /** Sources that the store has seen. */
  known: readonly string[];
  now: () => Date;
}

/** Fills the register at the first start of the sample estate; what people make of it later stays. */
export async function addSampleDebt({ db, known, now }: SampleDebtDeps): Promise<void> {
  if (known.includes('sample')) return;
  const { sampleDebt } = await import('../sample/debt.ts');
  const at = now();
  for (const { entity, by, owner = null, dueIn, issue = null, ...fields } of sampleDebt) {
    const due =
      dueIn === undefined ? null : new Date(at.getTime() + dueIn * DAY_MS).toISOString().slice(0, 10);
    await insertDebt(
      db,
      { ...fields, owner, due, issue },
      {
        entity,
        entityTitle: entity.slice(entity.indexOf('/') + 1),
        origin: 'person',
        createdBy: `user:default/${by}`,
        at,
      },
    );
  }
}
