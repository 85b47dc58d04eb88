/** Standards as the rest of the server sees them. */

export { RuleEngine } from './engine/engine.ts';
export type { FilesRoot } from './engine/protocol.ts';
export { CampaignKeeper, type IssueTracker, type Reminder } from './fairness/campaign-keeper.ts';
export type { Digest, DigestSender } from './fairness/digests.ts';
export { expire } from './fairness/exemptions.ts';
export { levelNow } from './gate.ts';
export type { LevelChange } from './level-changes.ts';
export { loadPacks } from './packs/index.ts';
export { registerScorecardsApi } from './routes.ts';
export { ScoreFeed } from './score-feed.ts';
export { ScoreKeeper } from './score-keeper.ts';
export { ScorecardStore } from './scorecard-store.ts';
export type { DescriptorFile } from './source-text.ts';
export type { ScorecardDb, ScorecardTables } from './tables.ts';
