import type { JournalCheck } from '../../feed/index.js';
import { idempotencyKey, Transaction } from '../../transaction.js';
import type { MappedPush } from './pushMapper.js';
import { RowRejectedError } from './serviceErrors.js';

const control = /\p{Cc}/u;

/** Fields that every journal needs. */
const required = ['ActivityDate', 'JournalTypeName'] as const;

/**
 * Checks a transaction that was pushed. One that cannot be stored, or that no look-up would find again, must not reach
 * the outbox, where it would keep all others of its commit from being stored.
 * @param journals knows what the org would refuse
 * @throws {RowRejectedError}
 */
export function checkTransaction(given: unknown, source: string, journals?: JournalCheck): Transaction {
  const parsed = Transaction.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const column = issue?.path.join('.') ?? '';
    throw new RowRejectedError('invalid', `The transaction cannot be used: ${column}: ${issue?.message}.`, column);
  }
  const { key, member, journal } = parsed.data;
  if (!key.startsWith(idempotencyKey(source, '')) || key === idempotencyKey(source, '')) {
    const message = `The key ${key} must begin with the source of the service and a colon: ${source}:… .`;
    throw new RowRejectedError('other-source', message, 'key', key);
  }
  for (const [column, value] of Object.entries({ key, member })) checkText(column, value);
  const missing = required.find((name) => journal[name] === undefined || journal[name] === '');
  if (missing !== undefined)
    throw new RowRejectedError('missing-value', `The transaction ${key} has no ${missing}.`, `journal.${missing}`);
  const problem = journals?.problemOf(journal);
  if (!problem) return parsed.data;
  const { reason, field, value, issue } = problem;
  const message = `The transaction ${key} cannot be used: "${value}" in journal.${field} ${issue}.`;
  throw new RowRejectedError(reason, message, `journal.${field}`, value);
}

/** A row may have columns of the same names, but hardly an object in `journal`. */
export function isTransaction(given: object): boolean {
  return 'key' in given && 'member' in given && 'journal' in given && typeof given.journal === 'object';
}

/** Checks what a row became. */
export function checkedPush(mapped: MappedPush, source: string): MappedPush {
  if (mapped === 'skipped' || mapped instanceof RowRejectedError) return mapped;
  try {
    return checkTransaction(mapped, source);
  } catch (error) {
    if (error instanceof RowRejectedError) return error;
    throw error;
  }
}

function checkText(column: string, value: string): void {
  if (!value.isWellFormed()) {
    const message = `The ${column} has half a character: a surrogate without the other one. Correct it at the source.`;
    throw new RowRejectedError('not-utf8', message, column, value.toWellFormed());
  }
  if (control.test(value)) {
    const message = `The ${column} has a control character, which the org may leave out. Correct it at the source.`;
    throw new RowRejectedError('control-character', message, column, value);
  }
  if (value.trim() === value) return;
  const message = `The ${column} begins or ends with a space, which the org may leave out. Correct it at the source.`;
  throw new RowRejectedError('invalid', message, column, value);
}
