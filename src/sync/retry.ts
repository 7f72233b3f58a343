import type { DeadLetterFilter, Outbox, Run } from '../outbox/index.js';

/** Endings of a run that had read its feeds to their end. */
const readToTheEnd: ReadonlySet<string | undefined> = new Set(['complete', 'unfinished', 'stopped']);

/** The feeds of a run would be left unread if its dead letters were taken up first. @throws {UnfinishedRunError} */
export function mustHaveRead({ id, ending }: Run): void {
  if (!readToTheEnd.has(ending)) throw new UnfinishedRunError(id);
}

/** @throws {UnknownKeysError}; nothing is taken up then */
export async function mustHaveKeys({ deadLetters }: Outbox, run: Run, { keys }: DeadLetterFilter): Promise<void> {
  const unknown = keys === undefined ? [] : await deadLetters.unknownKeys(run.id, keys);
  if (unknown.length > 0) throw new UnknownKeysError(run.id, unknown);
}

/** The run was cut off while it read its feeds. */
export class UnfinishedRunError extends Error {
  public override readonly name = 'UnfinishedRunError';
  public readonly actions = ['Resume the run. When it has come to its end, retry.'];

  public constructor(public readonly run: string) {
    super(`The run ${run} has not come to its end: its feeds would be left unread.`);
  }
}

export class UnknownKeysError extends Error {
  public override readonly name = 'UnknownKeysError';
  public readonly actions = ['The keys of a run stand in transactions.csv of its results folder.'];

  public constructor(
    public readonly run: string,
    public readonly keys: readonly string[],
  ) {
    const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
    super(`The run ${run} has no transaction with the key ${keys.slice(0, 5).join(', ')}${more}.`);
  }
}
