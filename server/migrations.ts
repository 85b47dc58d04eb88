import type { Migration } from 'kysely/migration';
import * as audit002 from './access/migrations/002-audit.ts';
import * as sessions002 from './access/migrations/002-sessions.ts';
import * as tokens002 from './access/migrations/002-tokens.ts';
import * as runs005 from './actions/migrations/005-runs.ts';
import * as guardRails007 from './actions/migrations/007-guard-rails.ts';
import * as actions016 from './actions/migrations/016-actions.ts';
import * as catalog001 from './catalog/migrations/001-catalog.ts';
import * as catalog003 from './catalog/migrations/003-counting.ts';
import * as supplements004 from './catalog/migrations/004-supplements.ts';
import * as catalog015 from './catalog/migrations/015-catalog.ts';
import * as docs010 from './docs/migrations/010-docs.ts';
import * as docs013 from './docs/migrations/013-docs.ts';
import * as docs014 from './docs/migrations/014-docs.ts';
import * as facts008 from './facts/migrations/008-facts.ts';
import * as ownership006 from './ownership/migrations/006-ownership.ts';
import * as debt012 from './ownership/migrations/012-debt-of-rules.ts';
import * as scorecards009 from './scorecards/migrations/009-scorecards.ts';
import * as sources001 from './sources/migrations/001-sources.ts';
import * as views011 from './views/migrations/011-views.ts';

/**
 * All migrations, in the order in which they run: number first, then pillar. A new one comes after all that a store
 * may have: its name must sort behind theirs.
 */
export const migrations: Record<string, Migration> = {
  '001-catalog': catalog001,
  '001-sources': sources001,
  '002-audit': audit002,
  '002-sessions': sessions002,
  '002-tokens': tokens002,
  '003-catalog': catalog003,
  '004-supplements': supplements004,
  '005-runs': runs005,
  '006-ownership': ownership006,
  '007-guard-rails': guardRails007,
  '008-facts': facts008,
  '009-scorecards': scorecards009,
  '010-docs': docs010,
  '011-views': views011,
  '012-ownership': debt012,
  '013-docs': docs013,
  '014-docs': docs014,
  '015-catalog': catalog015,
  '016-actions': actions016,
};
