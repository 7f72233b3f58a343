import { diskReason, isDiskCode, sqliteCodeOf } from '../../base/sqlite/sqliteCodes.js';

const readAgain = 'Delete the file, then repeat the command: everything is read again.';

/** The file of a cache cannot be used. */
export class InsightCacheError extends Error {
  override readonly name = 'InsightCacheError';

  constructor(
    readonly path: string,
    /** A clause. */
    readonly reason: string,
    readonly actions: readonly string[],
    cause?: unknown,
  ) {
    super(`The cache ${path} cannot be used: ${reason}.`, { cause });
  }
}

/** The file is something else than a cache, and was left as it is. */
export function notACache(path: string): InsightCacheError {
  return new InsightCacheError(path, 'it is another kind of file, and was left as it is', ['Name another file.']);
}

/** Another process has emptied the cache, to read another program into it. */
export function takenCache(path: string): InsightCacheError {
  return new InsightCacheError(path, 'another command has begun to read another program, or another org, into it', [
    'Repeat the command with a cache of its own: name another file.',
  ]);
}

/** Returns a function that turns SQLite's errors about a cache into ours. It leaves any other error unchanged. */
export function explainCache(path: string): (error: unknown) => unknown {
  return (error) => {
    const code = sqliteCodeOf(error);
    const detail = error instanceof Error ? error.message : String(error);
    if (code === 'notADatabase') return notACache(path);
    if (code === 'corrupt') return new InsightCacheError(path, `it is damaged (${detail})`, [readAgain], error);
    if (code === 'busy')
      return new InsightCacheError(path, `another program is writing it (${detail})`, [again], error);
    if (!isDiskCode(code)) return error;
    return new InsightCacheError(path, diskReason(code, error), code === 'full' ? [space] : [room], error);
  };
}

const again = 'Wait until the other program has ended, then repeat the command.';
const space = 'Make room on its disk, and on that of the folder for temporary files, then repeat the command.';
const room = 'Make the file and its folder writable, then repeat the command.';
