import type { ReactNode } from 'react';
import type { GoldenRecord } from '#server/catalog/contract.ts';

export interface EntityTab {
  id: string;
  label: string;
  content: ReactNode;
}

/** What other parts of the portal say of a thing, put in by the app. */
export interface EntitySlots {
  /** Leads the overview. */
  lead?: (record: GoldenRecord) => ReactNode;
  /** Stands at the side of the overview. */
  side?: (record: GoldenRecord) => ReactNode;
  /** Tabs of their own, before those that say where the record comes from. */
  tabs?: (record: GoldenRecord) => readonly EntityTab[];
}
