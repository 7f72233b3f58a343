import { isDatabaseAway } from '../../base/databaseAway.js';

/** No connection was made. Whatever its cause is, it is one of the database, and not of the work. */
export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError';

  constructor(override readonly cause: unknown) {
    super('No connection was made.', { cause });
  }
}

/**
 * SQLSTATEs of statements that may work a little later: 25006, the server is read-only, as during a failover; 57014, the
 * statement took too long, mostly because it waited for another one. Where a feed is read, both mean that its query is
 * wrong.
 */
const passing: ReadonlySet<string | undefined> = new Set(['25006', '57014']);

/** Whether the database, its client or the network has thrown it, and not the work, such as the reading of a file. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof NotConnectedError || isDatabaseAway(error) || sqlStateOf(error) !== undefined;
}

/** Whether the same may work a little later. */
export function isPassingError(error: unknown): boolean {
  return isDatabaseAway(error) || passing.has(sqlStateOf(error));
}

/** Whether there was a connection, which is lost. */
export function wasConnectionLost(error: unknown): boolean {
  return !(error instanceof NotConnectedError) && isDatabaseAway(error);
}

/** SQLSTATE of an error that the server has sent. */
function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'severity' in error && 'code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}
