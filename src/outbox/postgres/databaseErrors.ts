import { isDatabaseAway } from '../../base/databaseAway.js';

/** Whether the database, its client or the network has thrown it. */
export function isDatabaseError(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof Error && 'code' in error && typeof error.code === 'string');
}
