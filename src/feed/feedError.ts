import { fileProblem } from '../base/files/fileProblem.js';

export type FeedErrorCode =
  | 'file-unreadable'
  | 'not-text'
  | 'malformed-feed'
  | 'no-header'
  | 'missing-column'
  | 'ambiguous-column'
  | 'unknown-column'
  | 'mapping-invalid'
  | 'position-refused'
  | 'database-unreadable'
  | 'rows-failed'
  | 'group-too-large'
  | 'unknown-format';

/**
 * A feed or a mapping that cannot be used at all. The message is one sentence with the place and the value; the actions
 * say what to do next.
 */
export class FeedError extends Error {
  override readonly name = 'FeedError';

  constructor(
    readonly code: FeedErrorCode,
    message: string,
    /** Next steps, each a sentence. */
    readonly actions: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Faults after which going on in the same run may help. */
const passing: ReadonlySet<FeedErrorCode> = new Set([
  'file-unreadable',
  'database-unreadable',
  'position-refused',
  'rows-failed',
]);

/** Whether the mapping or the feed itself has to be corrected: going on as before would meet the same fault again. */
export function isContentFault(code: FeedErrorCode): boolean {
  return !passing.has(code);
}

/** @param what the file, with an article and its path */
export function unreadable(what: string, error: unknown): FeedError {
  const why = fileProblem(error)?.reason ?? (error instanceof Error ? error.message : String(error));
  return new FeedError('file-unreadable', `${what} cannot be read: ${why}.`, [nextStep(error)], { cause: error });
}

function nextStep(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EACCES':
    case 'EPERM':
      return 'Let this user read the file, and enter the folders that it is in.';
    case 'EISDIR':
      return 'Name the file in it. Several files can be named by a pattern in quotes, such as "FOLDER/*.csv".';
    default:
      return 'Check the path and try again.';
  }
}
