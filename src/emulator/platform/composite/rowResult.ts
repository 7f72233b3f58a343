import { OrgRefusal } from '../../orgRefusal.js';

/** Why a row was refused. A row has `statusCode` where a whole request has `errorCode`. */
export interface CollectionError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** Result of one row of many: a SaveResult, a DeleteResult or (with `created`) an UpsertResult. */
export interface RowResult {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly CollectionError[];
  readonly created?: boolean;
}

export function saved(id: string): RowResult {
  return { id, success: true, errors: [] };
}

/** @throws {unknown} the given error when it is a defect and not a refusal of the row */
export function refusedRow(error: unknown): RowResult {
  return { success: false, errors: [toRowError(error)] };
}

/** @throws {unknown} the given error when it is a defect and not a refusal of the row */
export function toRowError(error: unknown): CollectionError {
  if (!(error instanceof OrgRefusal)) throw error;
  const { errorCode, message, fields = [] } = error;
  // A missing record is NOT_FOUND in an address, but an invalid reference in a row.
  if (errorCode === 'NOT_FOUND') return collectionRowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  return { statusCode: errorCode, message, fields };
}

export function collectionRowError(statusCode: string, message: string): CollectionError {
  return { statusCode, message, fields: [] };
}

/**
 * Result of a row whose write was rolled back. As on the platform, it may still have the id, which no longer exists.
 */
export function rolledBack(row: RowResult): RowResult {
  if (!row.success) return row;
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return { ...row, success: false, errors: [collectionRowError('ALL_OR_NONE_OPERATION_ROLLED_BACK', message)] };
}
