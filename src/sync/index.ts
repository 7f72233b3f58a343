/**
 * Mirrors transaction feeds into a loyalty program: exactly once, in order per member, resumable.
 *
 * ```ts
 * const client = await LoyaltyClient.connect({ instanceUrl, clientId, clientSecret });
 * await using outbox = await SqliteOutbox.open('till.outbox');
 * const mapping = await loadMapping('till.yml');
 * const report = await startSync({ client, program: 'Harbour Rewards', outbox,
 *   source: mapping.source, feeds: [await openFeed('till.csv', mapping)] });
 * ```
 *
 * @module
 */
export * from '../feed/index.js';
export * from '../outbox/index.js';
export { Transaction, contentHash, externalTransactionNumber, idempotencyKey } from '../transaction.js';
export { StoppedError } from './attempt.js';
export type { StopReason } from './attempt.js';
export { defaults } from './options.js';
export type { ResumeOptions, RetryOptions, StartOptions, SyncOptions, SyncProgress } from './options.js';
export { OtherProgramError, UnknownProgramError } from './preflight.js';
export { exitCode, makeReport, problems } from './report.js';
export type { ReportReason, ReportRecord, SyncReport } from './report.js';
export { writeResults } from './results.js';
export { UnfinishedRunError, UnknownKeysError } from './retry.js';
export { planSync, resumeSync, retrySync, startSync } from './run.js';
export { advanceProgress } from './single/advanceProgress.js';
export type { AdvancedProgress, ProgressAdvance } from './single/advanceProgress.js';
export { creditPoints } from './single/creditPoints.js';
export type { CreditedPoints, PointsCredit } from './single/creditPoints.js';
export { enrollMembers } from './single/enrollMembers.js';
export type { EnrollmentRecord, EnrollOptions } from './single/enrollMembers.js';
export { KeyConflictError } from './single/once.js';
export type { OnceOptions, OnceResult } from './single/once.js';
