import { isDiskCode, sqliteCodeOf } from '../../base/sqlite/sqliteCodes.js';
import { NotAnOutboxError, OutboxBusyError, OutboxDamagedError, OutboxDiskError } from '../outboxErrors.js';

/**
 * Returns a function that turns SQLite's errors about an outbox into ours, with its path and what to do. It leaves any
 * other error unchanged.
 */
export function explainOutbox(path: string): (error: unknown) => unknown {
  return (error) => {
    const code = sqliteCodeOf(error);
    // Only the outbox itself writes JSON into it.
    const isDamaged = code === 'corrupt' || messageOf(error) === 'malformed JSON';
    if (isDamaged) return new OutboxDamagedError(path, messageOf(error), error);
    if (code === 'notADatabase') return new NotAnOutboxError(path);
    if (code === 'busy') return new OutboxBusyError(path, `another program (${messageOf(error)})`);
    return isDiskCode(code) ? new OutboxDiskError(path, code, error) : error;
  };
}

/**
 * The same for a temporary copy of an outbox: what is wrong with the content is that of the outbox, and a disk that fails is
 * under the copy.
 */
export function explainCopyOf(path: string, copy: string): (error: unknown) => unknown {
  return (error) => explainOutbox(isDiskCode(sqliteCodeOf(error)) ? copy : path)(error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
