/** An estate as large as the catalog must bear: one repository with many descriptors of many services each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { descriptor, type Estate, makeEstate } from './estate.ts';

const IN_A_FILE = 500;

/** Beside the two services of the small estate there are `entities - 2` more. */
export function makeLargeEstate(entities: number): Estate {
  const estate = makeEstate();
  for (let from = 2; from < entities; from += IN_A_FILE) {
    const folder = join(estate.path, 'shop', `part-${from}`);
    mkdirSync(folder);
    const numbers = Array.from({ length: Math.min(IN_A_FILE, entities - from) }, (_, index) => from + index);
    const all = numbers.map((number) => descriptor(`thing-${number}`, `Number ${number} of many`));
    writeFileSync(join(folder, 'catalog-info.yaml'), all.join('---\n'));
  }
  return estate;
}
