import { counted } from '../base/text/counted.js';
import { edgesOf, endedGroupsInMemory, FeedError, isFeedPosition, transactionsOf } from '../feed/index.js';
import type { Feed, FeedEntry, FeedNote, FeedPosition, Growth, JournalTarget, Rejection } from '../feed/index.js';
import { OutboxDamagedError } from '../outbox/index.js';
import type { IntakeChunk, LineReport, Outbox, RunNote } from '../outbox/index.js';
import { idempotencyKey } from '../transaction.js';
import { earlierPosition, notesOf } from './feedBeginning.js';
import { LeftOutFields } from './leftOutFields.js';
import { StoredGroups, StoredKeyCounts } from './storedKeys.js';

export interface IntakeOptions {
  readonly run: string;
  /** First part of every key of the feed. */
  readonly source: string;
  readonly outbox: Outbox;
  /** Returns whether the org may have transactions already that are read now. */
  readonly lookUpFirst: () => boolean;
  /** Describes what this user can write in the org. It decides how values are written. */
  readonly target: JournalTarget;
  /** Most rows to read. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a feed into the outbox, from where the run stopped before, to its end. Each group of rows is stored in one
 * commit with the position after it, so the process can die at any time. Yields the number of rows after each group, so
 * that the caller decides when the next one is read. Returns false if reading has ended before the end of the feed.
 */
export async function* intake(feed: Feed, options: IntakeOptions): AsyncGenerator<number, boolean, void> {
  const { run, outbox, signal, limit, target } = options;
  const progress = await outbox.intake.progress(run, feed.name);
  const own = positionOf(feed, progress?.position ?? undefined, outbox);
  if (progress?.complete) {
    await noteChange(feed, own, options);
    return true;
  }
  const from = own ?? (await earlierPosition(feed, outbox));
  if (progress === undefined) for (const note of notesOf(feed, from)) await outbox.runs.note(run, note);
  const groups = new StoredGroups((group) => outbox.intake.hasEndedGroup(run, feed.name, group));
  const counts = new StoredKeyCounts((key) => outbox.intake.keyCount(run, feed.name, key));
  let position = from;
  const leftOut = new LeftOutFields(feed);
  let rows = 0;
  let openLine: number | undefined;
  let openGroup: { readonly first: number; readonly last: number } | undefined;
  const onOpenGroup = (lines: typeof openGroup): void => void (openGroup = lines);
  let left: FeedNote | undefined;
  const notes: FeedNote[] = [];
  const told = { onOpenGroup, onRowsLeft: (note: FeedNote) => void (left = note), onNote: notes.push.bind(notes) };
  const reading = { from, endedGroups: groups, keyCounts: counts, signal, limit, target, ...told };
  for await (const stretch of feed.read(reading)) {
    const { entries } = stretch;
    position = stretch.position;
    rows += entries.length;
    openLine = stretch.isOpen ? entries.at(-1)?.line : undefined;
    leftOut.see(entries);
    const earlier = { endedGroups: groups.drain(), keyCounts: counts.drain() };
    await outbox.intake.accept({ ...toChunk(feed, entries, options), ...earlier, position });
    yield entries.length;
  }
  for (const note of notes) await outbox.runs.note(run, note);
  if (signal?.aborted) return false;
  const unread = openGroup === undefined ? left : groupLeft(feed, openGroup);
  if (unread !== undefined) {
    await outbox.runs.note(run, unread);
    return false;
  }
  if (limit !== undefined && rows >= limit) {
    const message = `Reading of ${feed.name} ended after ${counted(rows, 'row')}, because of the limit.`;
    await outbox.runs.note(run, { code: 'limit', message });
    return true;
  }
  // Of a feed that was read in parts, nobody knows what the first part had.
  if (from === undefined) for (const note of leftOut.notes()) await outbox.runs.note(run, note);
  if (position === undefined) await outbox.runs.note(run, { code: 'feed-empty', message: `${feed.name} has no rows.` });
  if (openLine !== undefined) await outbox.runs.note(run, noLineEnd(feed, openLine));
  await outbox.intake.accept({ ...toChunk(feed, [], options), endedGroups: groups.drain(), position, complete: true });
  return true;
}

function groupLeft({ name }: Feed, { first, last }: { readonly first: number; readonly last: number }): RunNote {
  const message =
    `The last group of ${name}, lines ${first} to ${last}, was not read: the watch was ended before it was known to be ` +
    'complete. Resume the run when all of its lines are there.';
  return { code: 'group-open', message };
}

/** @throws {OutboxDamagedError} if what is stored is no position */
function positionOf({ name }: Feed, stored: unknown, outbox: Outbox): FeedPosition | undefined {
  if (stored === undefined || isFeedPosition(stored)) return stored;
  throw new OutboxDamagedError(outbox.name, `the position in ${name} cannot be read`);
}

function noLineEnd({ name }: Feed, line: number): RunNote {
  const message =
    `The last line of ${name}, line ${line}, has no line end. It was read like any other. If the file was still being ` +
    'written, its last value may be cut off: compare it with the source.';
  return { code: 'no-line-end', message };
}

/**
 * Notes a change to a feed that the run has already read to its end. The feed is not read again: appended rows are left
 * for a new run, and the run delivers what it has read even if the feed was changed.
 */
async function noteChange(feed: Feed, from: FeedPosition | undefined, options: IntakeOptions): Promise<void> {
  const note = await changeOf(feed, from, options);
  if (note) await options.outbox.runs.note(options.run, note);
}

async function changeOf(
  feed: Feed,
  from: FeedPosition | undefined,
  options: IntakeOptions,
): Promise<RunNote | undefined> {
  try {
    const growth = from ? await feed.growth?.(from, options.signal) : await firstRowOf(feed, options);
    if (!growth) return undefined;
    const { bytes } = growth;
    const message =
      `${feed.name} has grown ${bytes === undefined ? '' : `by ${bytes} bytes `}since this run read it to its end. ` +
      'What was appended was not read: start a new run, which recognizes what is known already.';
    return { code: 'feed-grown', message };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    if (error.code === 'file-unreadable') {
      const message = `${error.message} This run had read it to its end and delivers what it read.`;
      return { code: 'feed-gone', message };
    }
    const message =
      `${error.message} This run had read it to its end and delivers what it read. ` +
      'Start a new run to read it as it is now: what is known already is recognized by its key.';
    return { code: 'feed-changed', message };
  }
}

/** Finds the first row of a feed that had no rows, because such a feed has no position to compare. */
async function firstRowOf(feed: Feed, { signal, target }: IntakeOptions): Promise<Growth | undefined> {
  const stretches = feed.read({ endedGroups: endedGroupsInMemory(), signal, target, limit: 1 });
  for await (const { entries } of stretches) if (entries.length > 0) return { bytes: undefined };
  return undefined;
}

function toChunk(
  feed: Feed,
  entries: readonly FeedEntry[],
  { run, source, lookUpFirst, target }: IntakeOptions,
): IntakeChunk {
  const ofSource = { prefix: idempotencyKey(source, ''), source, feed: feed.name };
  const transactions: IntakeChunk['transactions'][number][] = [];
  const rejections: LineReport[] = [];
  let [used, skipped] = [0, 0];
  for (const entry of entries) {
    const edges = edgesOf(entry);
    const all = transactionsOf(entry).map((transaction) => ({ line: entry.line, transaction, edges }));
    const broken = all.find(({ transaction }) => !transaction.key.isWellFormed());
    if (entry.kind === 'grouped') used += 1;
    else if (entry.kind === 'rejection') rejections.push(toReject(feed, entry.rejection));
    else if (entry.kind === 'skipped') skipped += 1;
    else if (broken) rejections.push(halfCharacter(feed, broken));
    else {
      used += 1;
      for (const each of all) {
        mustBeOf(ofSource, each);
        transactions.push(each);
      }
    }
  }
  return {
    run,
    feed: feed.name,
    transactions,
    used,
    rejections,
    skipped,
    endedGroups: [],
    position: undefined,
    complete: false,
    lookUpFirst: lookUpFirst(),
    acceptsRepeats: feed.repeats === 'accept',
    standAlone: feed.rowsComeAgain,
    enrolls: target.members !== undefined,
  };
}

/** Checks that the key begins with the source, because the org is asked about a source by that prefix. */
function mustBeOf(
  { prefix, source, feed }: { readonly prefix: string; readonly source: string; readonly feed: string },
  { line, transaction }: IntakeChunk['transactions'][number],
): void {
  if (transaction.key.startsWith(prefix)) return;
  throw new Error(
    `${feed}, line ${line}: the key ${transaction.key} is not one of the source ${source}. ` +
      'Name the source that the mapping of the feed names.',
  );
}

/**
 * Rejects half of a surrogate pair. On disk and in the org, two keys that differ only in such a half would be the same.
 */
function halfCharacter({ name }: Feed, { line, transaction }: IntakeChunk['transactions'][number]): LineReport {
  const value = transaction.key.toWellFormed();
  const message = 'The key has half a character: a surrogate without the other one. Correct it at the source.';
  return { kind: 'rejection', feed: name, line, column: undefined, value, code: 'not-utf8', message, raw: undefined };
}

function toReject(feed: Feed, { line, column, value, reason, message, raw }: Rejection): LineReport {
  return { kind: 'rejection', feed: feed.name, line, column, value, code: reason, message, raw };
}
