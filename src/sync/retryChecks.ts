import type { Outbox, Run } from '../outbox/index.js';
import { restUnread } from './runEndings.js';

/** Endings of a run that has read its feeds to the end, unless it has that note. */
const readToTheEnd: ReadonlySet<string | undefined> = new Set(['complete', 'unfinished', 'stopped']);

/**
 * A retry begins a run of its own: the feeds of a run that was cut off in the middle of them would be forgotten.
 * @throws {UnfinishedRunError}
 */
export async function mustHaveRead({ name, runs }: Outbox, run: Run): Promise<void> {
  // A service has no feeds of its own. Whoever adds one to it adds it again to the next service.
  const hasFeeds = run.settings['retry'] !== true && run.settings['live'] !== true;
  const hasRest = run.notes.some(({ code }) => code === restUnread.code);
  if (!hasFeeds || (readToTheEnd.has(run.ending) && !hasRest)) return;
  if ((await runs.counts(run.id)).rows.read > 0) throw new UnfinishedRunError(run, name);
}

/**
 * Checks that the outbox has these keys.
 * @throws {UnknownKeysError} before anything is taken up
 */
export async function mustKnowKeys({ deadLetters }: Outbox, keys: readonly string[], run?: string): Promise<void> {
  const unknown = await deadLetters.unknownKeys(keys, run);
  if (unknown.length > 0) throw new UnknownKeysError(unknown, run);
}

/** The run was cut off while it was reading its feeds. */
export class UnfinishedRunError extends Error {
  override readonly name = 'UnfinishedRunError';
  readonly actions: readonly string[];
  readonly run: string;
  readonly settings: Run['settings'];
  /** Its mapping or its feed has to be corrected, which takes a new run. */
  readonly startAgain: boolean;

  constructor(
    { id, settings, stopped }: Pick<Run, 'id' | 'settings' | 'stopped'>,
    /** Name of the outbox. */
    readonly outbox: string,
  ) {
    super(`The run ${id} has not come to its end: its feeds would be left unread.`);
    this.run = id;
    this.settings = settings;
    this.startAgain = stopped?.startAgain ?? false;
    this.actions = [
      this.startAgain
        ? 'Correct the mapping or the feed and start a new run. When it has come to its end, retry.'
        : 'Resume the run. When it has come to its end, retry.',
    ];
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

/** The org's content of a key cannot be kept: nothing contradicts it, or the org does not have exactly one journal. */
export class NothingToKeepError extends Error {
  override readonly name = 'NothingToKeepError';

  constructor(
    readonly key: string,
    /** The reason, as a sentence. */
    detail: string,
  ) {
    super(`The org's content of ${key} cannot be kept: ${detail} Nothing was changed for this key.`);
  }
}
