import { isSoftware } from './software.ts';

/** Somebody should answer for all software; people and teams own, and are not owned. */
export const isOwnable = isSoftware;

/** The catalog's address of everything that lacks an owner and should have one. */
export const unownedSearch: Record<string, string> = { owner: 'none' };
