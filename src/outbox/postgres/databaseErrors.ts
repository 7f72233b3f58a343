import { isDatabaseAway } from '../../base/databaseAway.js';
import { isOutboxError } from '../outboxErrors.js';

/** Whether the database, its client or the network has thrown it, and not the disk of the copy. */
export function isDatabaseError(error: unknown): boolean {
  if (isOutboxError(error)) return false;
  return isDatabaseAway(error) || (error instanceof Error && 'code' in error && typeof error.code === 'string');
}
