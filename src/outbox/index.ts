export * from './bulkJob.js';
export * from './deadLetters.js';
export * from './enrollments.js';
export * from './followedProgress.js';
export * from './relay.js';
export * from './increment.js';
export * from './inbox.js';
export * from './storedFeed.js';
export * from './item.js';
export * from './outboxCalls.js';
export * from './knownTransaction.js';
export * from './outbox.js';
export * from './outboxAddressError.js';
export * from './outboxDelivery.js';
export * from './outboxErrors.js';
export * from './outboxIntake.js';
export * from './outboxRuns.js';
export * from './outboxSources.js';
export * from './runRecord.js';
export { decideSameKey, enrollmentRefused, unknownMember, waitsForMember } from './sameKey.js';
export type { KnownKey, SameKeyDecision } from './sameKey.js';
export {
  openExistingOutbox,
  openInbox,
  openLeaseView,
  openOfferedRequests,
  openOutbox,
  openOutboxCopy,
  openOutboxToFollow,
  openOutboxToRead,
  openSharedOutbox,
  shownPlace,
} from './openOutbox.js';
export type { FollowedOutbox, OpenOutboxOptions } from './openOutbox.js';
export type { LeaseHolder, LeaseView, SeenLease } from './postgres/leaseView.js';
export type { OfferedRequests, OfferedRequestsOptions } from './postgres/offeredRequests.js';
export type { PostgresInbox } from './postgres/postgresInbox.js';
export type { StoredFeeds } from './postgres/storedFeeds.js';
export type { HeldLease } from './postgres/leaseKeeper.js';
export type { SharedOutbox } from './postgres/sharedOutbox.js';
export { isPostgresAddress } from './postgres/postgresAddress.js';
export { SqliteOutbox } from './sqlite/sqliteOutbox.js';
