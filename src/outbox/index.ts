export * from './followedProgress.js';
export * from './item.js';
export * from './outbox.js';
export * from './outboxErrors.js';
export * from './runRecord.js';
export { decideSameKey, unknownMember } from './sameKey.js';
export type { KnownKey, SameKeyDecision } from './sameKey.js';
export type { KeyHistory, KeyItem, KeyLine } from './sqlite/keyHistory.js';
export { SqliteOutbox } from './sqlite/sqliteOutbox.js';
