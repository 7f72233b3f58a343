import { counted } from '../base/text/counted.js';
import { endedGroupsInMemory, FeedError } from '../feed/index.js';
import type { EndedGroups, Feed, FeedEntry, FeedPosition, Growth, JournalTarget, Rejection } from '../feed/index.js';
import type { IntakeChunk, LineReport, Outbox, RunNote } from '../outbox/index.js';
import { idempotencyKey } from '../transaction.js';
import { LeftOutFields } from './leftOutFields.js';

export interface IntakeOptions {
  readonly run: string;
  /** What every key of the feed begins with. */
  readonly source: string;
  readonly outbox: Outbox;
  /** The org may have these transactions already. */
  readonly lookUpFirst: boolean;
  /** What the org lets this user write: decides how values are written. */
  readonly target: JournalTarget;
  /** Most rows to read. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onRows?: ((rows: number) => void) | undefined;
}

/**
 * Reads a feed into the outbox: from where the run stopped before, to its end. Every stretch of rows is stored in one
 * commit together with the position after it, so that a process may die between any two of them.
 */
export async function intake(feed: Feed, options: IntakeOptions): Promise<void> {
  const { run, outbox, signal, limit, target, onRows } = options;
  const progress = await outbox.intake.progress(run, feed.name);
  const from = (progress?.position ?? undefined) as FeedPosition | undefined;
  if (progress?.complete) return noteChange(feed, from, options);
  const groups = new StoredGroups((group) => outbox.intake.hasEndedGroup(run, feed.name, group));
  let position = from;
  const leftOut = new LeftOutFields(feed);
  let rows = 0;
  for await (const { entries, position: behind } of feed.read({ from, endedGroups: groups, signal, limit, target })) {
    position = behind;
    rows += entries.length;
    leftOut.see(entries);
    await outbox.intake.accept({ ...toChunk(feed, entries, options), endedGroups: groups.drain(), position });
    onRows?.(entries.length);
  }
  if (signal?.aborted) return;
  if (rows === limit) {
    const message = `Reading of ${feed.name} ended after ${counted(rows, 'row')}, because of the limit.`;
    return outbox.runs.note(run, { code: 'limit', message });
  }
  // Of a feed that was read in parts, nobody knows what the first part had.
  if (from === undefined) for (const note of leftOut.notes()) await outbox.runs.note(run, note);
  if (position === undefined) await outbox.runs.note(run, { code: 'feed-empty', message: `${feed.name} has no rows.` });
  await outbox.intake.accept({ ...toChunk(feed, [], options), endedGroups: groups.drain(), position, complete: true });
}

/**
 * A feed that a run has read to its end is not read again. What was appended since is left for a new run, and what was
 * changed does not keep this run from delivering what it read.
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
    const message =
      `${error.message} This run had read it to its end and delivers what it read. ` +
      'Start a new run to read it as it is now: what is known already is recognized by its key.';
    return { code: 'feed-changed', message };
  }
}

/** A feed without rows leaves no position to grow from. */
async function firstRowOf(feed: Feed, { signal, target }: IntakeOptions): Promise<Growth | undefined> {
  const stretches = feed.read({ endedGroups: endedGroupsInMemory(), signal, target, limit: 1 });
  for await (const { entries } of stretches) if (entries.length > 0) return { bytes: undefined };
  return undefined;
}

/** Ended groups of rows, on disk as soon as the rows are. */
class StoredGroups implements EndedGroups {
  readonly #fresh = new Set<string>();
  readonly #isStored: (group: string) => boolean;

  constructor(isStored: (group: string) => boolean) {
    this.#isStored = isStored;
  }

  has(group: string): boolean {
    return this.#fresh.has(group) || this.#isStored(group);
  }

  add(group: string): void {
    this.#fresh.add(group);
  }

  drain(): string[] {
    const groups = [...this.#fresh];
    this.#fresh.clear();
    return groups;
  }
}

function toChunk(feed: Feed, entries: readonly FeedEntry[], { run, source, lookUpFirst }: IntakeOptions): IntakeChunk {
  const transactions: IntakeChunk['transactions'][number][] = [];
  const rejections: LineReport[] = [];
  let skipped = 0;
  for (const entry of entries) {
    if (entry.kind === 'transaction' && !entry.transaction.key.isWellFormed())
      rejections.push(halfCharacter(feed, entry));
    else if (entry.kind === 'transaction') transactions.push(ofSource(source, feed, entry));
    else if (entry.kind === 'rejection') rejections.push(toReject(feed, entry.rejection));
    else skipped += 1;
  }
  return {
    run,
    feed: feed.name,
    transactions,
    rejections,
    skipped,
    endedGroups: [],
    position: undefined,
    complete: false,
    lookUpFirst,
    acceptsRepeats: feed.repeats === 'accept',
  };
}

/** Whether the org knows a source is asked by what its keys begin with. */
function ofSource(
  source: string,
  { name }: Feed,
  { line, transaction }: FeedEntry & { readonly kind: 'transaction' },
): IntakeChunk['transactions'][number] {
  if (transaction.key.startsWith(idempotencyKey(source, ''))) return { line, transaction };
  throw new Error(
    `${name}, line ${line}: the key ${transaction.key} is not one of the source ${source}. ` +
      'Name the source that the mapping of the feed names.',
  );
}

/** Two keys that differ in such a half only would be one key, on the disk and in the org. */
function halfCharacter(
  { name }: Feed,
  { line, transaction }: FeedEntry & { readonly kind: 'transaction' },
): LineReport {
  const value = transaction.key.toWellFormed();
  const message = 'The key has half a character: a surrogate without the other one. Correct it at the source.';
  return { kind: 'rejection', feed: name, line, column: undefined, value, code: 'not-utf8', message, raw: undefined };
}

function toReject(feed: Feed, { line, column, value, reason, message, raw }: Rejection): LineReport {
  return { kind: 'rejection', feed: feed.name, line, column, value, code: reason, message, raw };
}
