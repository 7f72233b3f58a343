import type { MonotonicClock } from '../../base/clock.js';
import { exceededError } from '../expressions/exceededError.js';
import type { Mapping } from '../mapping/mapping.js';
import type { FeedRow } from '../mapping/rowMapper.js';
import type { RowGroup } from './groupLine.js';
import type { LineGroups } from './lineGroups.js';
import type { LineReader } from './lineReader.js';

/** What is known of a feed to which rows may be appended while it is read. */
export interface LiveFeed {
  readonly clock: MonotonicClock;
  /** Whether reading has ended although more rows may come. */
  readonly isCutOff: () => boolean;
}

interface GroupStage<Row extends FeedRow> {
  /** Name of the feed. */
  readonly feed: string;
  readonly mapping: Mapping;
  readonly reader: LineReader<Row>;
  readonly groups: LineGroups<Row>;
  /** Undefined if the feed is read from its beginning to its end, as it is. */
  readonly live: LiveFeed | undefined;
  /** Called if the last group is left because more of its lines may come. */
  readonly onOpenGroup: ((lines: { readonly first: number; readonly last: number }) => void) | undefined;
}

/**
 * Turns the rows of a feed into groups, and gives each as soon as it is known to be complete: when another begins, when
 * the feed ends, or, in a feed that is live, when no row has come for a while.
 * @throws {FeedError} if a group is too large, or too many rows exceed the limits of an expression
 */
export async function* groupsOf<Row extends FeedRow>(
  rows: AsyncIterable<readonly Row[]>,
  { feed, mapping, reader, groups, live, onOpenGroup }: GroupStage<Row>,
): AsyncGenerator<RowGroup<Row>[], void, void> {
  const quietAfter = live && mapping.group?.completeAfter;
  const isGroupOpen = (): boolean => groups.openLines !== undefined;
  const blocks = unlessQuiet(rows, { clock: live?.clock, quietAfter, isGroupOpen });
  for await (const block of blocks) {
    if (block === 'quiet') groups.close(true);
    else {
      const lines = await reader.read(block);
      try {
        for (const line of lines) groups.push(line);
      } catch (error) {
        yield groups.take();
        throw error;
      }
    }
    yield groups.take();
    if (reader.exceeded) throw exceededError(reader.exceeded, mapping.place, feed);
  }
  const open = groups.openLines;
  if (open && live?.isCutOff() === true) onOpenGroup?.(open);
  else groups.close(true);
  yield groups.take();
}

interface Quiet {
  readonly clock: MonotonicClock | undefined;
  /** Milliseconds without a block after which it is quiet; undefined if that does not matter. */
  readonly quietAfter: number | undefined;
  /** Whether a group is open that may then be complete. */
  readonly isGroupOpen: () => boolean;
}

/** Yields the blocks as they come, and `'quiet'` whenever none has come for a while. */
async function* unlessQuiet<Block>(
  blocks: AsyncIterable<Block>,
  { clock, quietAfter, isGroupOpen }: Quiet,
): AsyncGenerator<Block | 'quiet', void, void> {
  const iterator = blocks[Symbol.asyncIterator]();
  let pending: Promise<IteratorResult<Block>> | undefined;
  try {
    for (;;) {
      pending ??= iterator.next();
      // While a group is handled, nobody waits for the next block.
      pending.catch(() => undefined);
      const wait = clock && quietAfter !== undefined && isGroupOpen() ? { clock, quietAfter } : undefined;
      const result = wait ? await firstOf(pending, wait) : await pending;
      if (result === 'quiet') {
        yield result;
        continue;
      }
      pending = undefined;
      if (result.done === true) return;
      yield result.value;
    }
  } finally {
    // A generator that is asked for a block answers `return` only after it has that block, which may take for ever.
    const returned = iterator.return?.();
    if (pending === undefined) await returned;
    else returned?.catch(() => undefined);
  }
}

async function firstOf<T>(
  pending: Promise<T>,
  { clock, quietAfter }: { readonly clock: MonotonicClock; readonly quietAfter: number },
): Promise<T | 'quiet'> {
  using stop = new DisposableAbort();
  return await Promise.race([pending, clock.sleep(quietAfter, stop.signal).then(() => 'quiet' as const)]);
}

class DisposableAbort extends AbortController implements Disposable {
  [Symbol.dispose](): void {
    this.abort();
  }
}
