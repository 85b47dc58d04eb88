import type { ReactNode } from 'react';
import type { GoldenRecord } from '#server/catalog/contract.ts';

/** What other parts of the portal say of a thing, put in by the app. */
export interface EntitySlots {
  /** Leads the overview. */
  lead?: (record: GoldenRecord) => ReactNode;
  /** Stands at the side of the overview. */
  side?: (record: GoldenRecord) => ReactNode;
}
