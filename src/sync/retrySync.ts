import type { Outbox, Run } from '../outbox/index.js';

/** Endings of a run that had read its feeds to their end. */
const readToTheEnd: ReadonlySet<string | undefined> = new Set(['complete', 'unfinished', 'stopped']);

/** A retry begins a run of its own: the feeds of a run that was cut off would be forgotten. @throws {UnfinishedRunError} */
export function mustHaveRead({ id, ending, settings }: Run): void {
  const hasFeeds = settings['retry'] !== true;
  if (hasFeeds && !readToTheEnd.has(ending)) throw new UnfinishedRunError(id);
}

/** @throws {UnknownKeysError}; nothing is taken up then */
export async function mustKnowKeys({ deadLetters }: Outbox, keys: readonly string[], run?: string): Promise<void> {
  const unknown = await deadLetters.unknownKeys(keys, run);
  if (unknown.length > 0) throw new UnknownKeysError(unknown, run);
}

/** The run was cut off while it read its feeds. */
export class UnfinishedRunError extends Error {
  override readonly name = 'UnfinishedRunError';
  readonly actions = ['Resume the run. When it has come to its end, retry.'];

  constructor(readonly run: string) {
    super(`The run ${run} has not come to its end: its feeds would be left unread.`);
  }
}

export class UnknownKeysError extends Error {
  override readonly name = 'UnknownKeysError';
  readonly actions = ['The keys of a run are in transactions.csv of its results folder.'];

  constructor(
    readonly keys: readonly string[],
    readonly run?: string,
  ) {
    const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
    const where = run === undefined ? 'The outbox' : `The run ${run}`;
    super(`${where} has no transaction with the key ${keys.slice(0, 5).join(', ')}${more}.`);
  }
}

/** A person wants to keep the org's content of a key that nothing contradicts, or that the org does not have once. */
export class NothingToKeepError extends Error {
  override readonly name = 'NothingToKeepError';

  constructor(
    readonly key: string,
    /** Why, as a sentence. */
    detail: string,
  ) {
    super(`The org's content of ${key} cannot be kept: ${detail} Nothing was changed for this key.`);
  }
}
