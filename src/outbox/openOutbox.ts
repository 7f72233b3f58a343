import type { MonotonicClock } from '../base/clock.js';
import type { Outbox } from './outbox.js';
import type { LeaseView } from './postgres/leaseView.js';
import { isPostgresAddress, readPostgresAddress } from './postgres/postgresAddress.js';
import type { OfferedRequestsOptions, OfferedRequests } from './postgres/offeredRequests.js';
import type { PostgresInbox } from './postgres/postgresInbox.js';
import type { SharedOutbox } from './postgres/sharedOutbox.js';
import { NoOutboxError } from './outboxErrors.js';
import { SqliteOutbox } from './sqlite/sqliteOutbox.js';

export interface OpenOutboxOptions {
  readonly clock?: MonotonicClock | undefined;
  /** Whether to keep what was sent after it is done. Default: only hashes, key, member and journal Id remain. */
  readonly keepPayloads?: boolean | undefined;
}

/**
 * Opens an outbox, and creates it if it does not exist.
 * @param place the path of a file, or `postgres://user@host/database?outbox=name` for one that many machines share
 * @throws {OutboxDatabaseError} if the database cannot be used
 * @throws {Error} as {@link SqliteOutbox.open}
 */
export async function openOutbox(place: string, options: OpenOutboxOptions = {}): Promise<Outbox> {
  return isPostgresAddress(place) ? openSharedOutbox(place, options) : SqliteOutbox.open(place, options);
}

/**
 * Opens an outbox that many machines share, and creates it if it does not exist.
 * @param address such as `postgres://user@host/database?outbox=name`
 * @param options `signal`: ends the reading of its log, which fails then
 * @throws {OutboxAddressError} if the address cannot be one
 * @throws {OutboxDatabaseError} if the database cannot be used
 */
export async function openSharedOutbox(
  address: string,
  options: OpenOutboxOptions & { readonly signal?: AbortSignal | undefined } = {},
): Promise<SharedOutbox> {
  const { PostgresLog, SharedOutbox: Shared } = await loadShared();
  return Shared.open(await PostgresLog.open(address), options);
}

/**
 * Opens a view of who delivers from a shared outbox.
 * @throws {NoOutboxError} if there is none at this address
 * @throws {OutboxDatabaseError} if the database cannot be used
 */
export async function openLeaseView(address: string): Promise<LeaseView> {
  const { LeaseView: View } = await loadShared();
  return View.open(address);
}

/**
 * Opens the requests that the process that delivers from a shared outbox offers to this one, a standby.
 * @throws {NoOutboxError} if there is none at this address
 * @throws {OutboxDatabaseError} if the database cannot be used
 */
export async function openOfferedRequests(address: string, options: OfferedRequestsOptions): Promise<OfferedRequests> {
  const { OfferedRequests: Offered } = await loadShared();
  return Offered.open(address, options);
}

/** @throws {NoOutboxError} if there is none at this place */
export async function openExistingOutbox(place: string, options: OpenOutboxOptions = {}): Promise<Outbox> {
  if (!isPostgresAddress(place)) return SqliteOutbox.openExisting(place, options);
  const { PostgresLog, SharedOutbox } = await loadShared();
  return SharedOutbox.open(await PostgresLog.openExisting(place), options);
}

/**
 * Opens an outbox to read from, which nobody may be able to write.
 * @throws {NoOutboxError} if there is none at this place
 */
export async function openOutboxToRead(place: string): Promise<Outbox> {
  if (!isPostgresAddress(place)) return SqliteOutbox.openToRead(place);
  const { PostgresLog, SharedOutbox } = await loadShared();
  return SharedOutbox.open(await PostgresLog.openExisting(place), { isPrivate: true });
}

/** A copy of a shared outbox, which can follow what others store. */
export type FollowedOutbox = Pick<Outbox, 'name' | 'find' | 'close'> & {
  /**
   * Reads what others have stored meanwhile. One call at a time.
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  refresh(): Promise<void>;
};

/**
 * Opens a shared outbox to read from for long.
 * @param options `patience`: how long the database may be away once it has answered, in milliseconds
 * @throws {NoOutboxError} if there is none at this address
 */
export async function openOutboxToFollow(
  address: string,
  options: { readonly patience?: number } = {},
): Promise<FollowedOutbox> {
  const { PostgresLog, SharedOutbox } = await loadShared();
  return SharedOutbox.open(await PostgresLog.openExisting(address, options), { isPrivate: true });
}

/** Opens a copy of an outbox, or a new one if there is none, that goes when it is closed: for a dry run. */
export async function openOutboxCopy(place: string, options: OpenOutboxOptions = {}): Promise<Outbox> {
  if (!isPostgresAddress(place)) return SqliteOutbox.copyOf(place, options);
  const { PostgresLog, SharedOutbox } = await loadShared();
  try {
    return await SharedOutbox.open(await PostgresLog.openExisting(place), { ...options, isPrivate: true });
  } catch (error) {
    if (error instanceof NoOutboxError) return SqliteOutbox.inMemory(options, shownPlace(place));
    throw error;
  }
}

/**
 * Opens the inbox of a shared outbox, which is created if it does not exist.
 * @param address `postgres://user@host/database?outbox=name`
 * @param options `patience`: how long the database may be away once it has answered, in milliseconds
 * @throws {OutboxDatabaseError} if the database cannot be used
 */
export async function openInbox(address: string, options: { readonly patience?: number } = {}): Promise<PostgresInbox> {
  const { PostgresInbox: Shared } = await loadShared();
  return Shared.open(address, options);
}

/**
 * Returns a place as it may be shown, stored and used again: an address without its password.
 * @throws {OutboxAddressError} if the address cannot be one
 */
export function shownPlace(place: string): string {
  return isPostgresAddress(place) ? readPostgresAddress(place).shown : place;
}

/** Only who shares an outbox loads the client of its database. */
async function loadShared(): Promise<typeof import('./postgres/index.js')> {
  return import('./postgres/index.js');
}
