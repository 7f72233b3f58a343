import { ApiError } from '../../apiError.js';

/** Why a row was refused. A row says `statusCode` where a whole request says `errorCode`. */
export interface RowError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** What became of one row of many: a SaveResult, a DeleteResult or (with `created`) an UpsertResult. */
export interface RowResult {
  readonly id?: string;
  readonly success: boolean;
  readonly errors: readonly RowError[];
  readonly created?: boolean;
}

export function saved(id: string): RowResult {
  return { id, success: true, errors: [] };
}

/** @throws what is no refusal but a defect: it is not the row's fault. */
export function refusedRow(error: unknown): RowResult {
  return { success: false, errors: [toRowError(error)] };
}

/** @throws what is no refusal but a defect */
export function toRowError(error: unknown): RowError {
  if (!(error instanceof ApiError)) throw error;
  const { errorCode, message, fields = [] } = error;
  // The address of a single record is not found; the id of a row is a reference that leads nowhere.
  if (errorCode === 'NOT_FOUND') return rowError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  return { statusCode: errorCode, message, fields };
}

export function rowError(statusCode: string, message: string): RowError {
  return { statusCode, message, fields: [] };
}

/** A row that was written and then was not. The id, which now leads nowhere, may still be there, as on the platform. */
export function rolledBack(row: RowResult): RowResult {
  if (!row.success) return row;
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return { ...row, success: false, errors: [rowError('ALL_OR_NONE_OPERATION_ROLLED_BACK', message)] };
}
