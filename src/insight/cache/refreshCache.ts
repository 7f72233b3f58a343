import { systemClock } from '../../base/clock.js';
import type { Clock } from '../../base/clock.js';
import type { InsightCache } from './insightCache.js';
import { mirroredObjects } from './mirroredObjects.js';
import { planReading } from './readingPlan.js';
import type { ObjectPlan, ReadingPlan } from './readingPlan.js';
import { readChanges } from './readChanges.js';
import type { ReadContext } from './readChanges.js';

/** The servers of an org have clocks of their own. What is read twice for slow transactions covers this difference, too. */
const mostDifference = 5 * 60_000;

/** What a refresh has read. */
export interface RefreshReport {
  readonly plan: ReadingPlan;
  /** Records that were read and stored. */
  readonly rows: number;
  /** Objects that were read anew as a whole, because the org has lost records, or has others. */
  readonly rereadObjects: readonly string[];
}

export interface CacheRefreshOptions extends Omit<ReadContext, 'began' | 'clock' | 'onRows'> {
  /** Times the questions about bulk queries. Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Hears what will be read, before anything is. */
  readonly onPlan?: ((plan: ReadingPlan) => void) | undefined;
  /** Hears how many records have been read. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/**
 * Brings the cache up to date: reads what the org has changed since the last time, or everything the first time. If it
 * is interrupted, the next refresh completes it.
 * @throws {LoyaltyApiError} also for an object that the user may not read
 * @throws {BulkQueryFailedError}
 * @throws {InsightCacheError} if the file cannot be used, or another process reads another program into it
 */
export async function refreshCache({
  onPlan,
  onProgress,
  clock = systemClock,
  ...given
}: CacheRefreshOptions): Promise<RefreshReport> {
  let rows = 0;
  forgetLaterThan(given.client.orgTime, given.cache);
  const plan = await planReading(given.client, given.cache);
  onPlan?.(plan);
  const { orgTime } = given.client;
  const context: ReadContext = {
    ...given,
    clock,
    began: orgTime === undefined ? undefined : new Date(orgTime).toISOString(),
    onRows: (count) => {
      rows += count;
      onProgress?.(rows);
    },
  };
  const rereadObjects: string[] = [];
  for (const object of plan.objects) {
    await readChanges(object, context);
    if (!(await hasOtherRecords(object, context))) continue;
    rereadObjects.push(object.mirrored.object);
    await readAnew(object, context);
  }
  return { plan, rows, rereadObjects };
}

/**
 * A reading of a time that is yet to come says that the clock of the org was wrong then, or is now. What was changed between
 * cannot be told by its time, so all is read anew.
 */
function forgetLaterThan(orgTime: number | undefined, cache: InsightCache): void {
  if (orgTime === undefined) return;
  for (const { table } of mirroredObjects) {
    const until = cache.readUntil(table);
    if (until !== undefined && Date.parse(until) > orgTime + mostDifference) cache.forgetReading(table);
  }
}

/**
 * A deleted record does not show among the changed ones: the cache then has more records than the org. It has fewer if
 * records came without a change of their own, as those that were restored from the bin or that the user may read now.
 */
async function hasOtherRecords({ mirrored, total, rows }: ObjectPlan, context: ReadContext): Promise<boolean> {
  const { client, cache } = context;
  const cached = cache.count(mirrored.table);
  if (cached <= total) return cached < total && rows < total;
  // Some may have been created since they were counted.
  const [now] = (await planReading(client, cache, [mirrored])).objects;
  return now !== undefined && cached > now.total;
}

/** Meanwhile the cache keeps what it has, so that another process can report. */
async function readAnew({ mirrored }: ObjectPlan, context: ReadContext): Promise<void> {
  context.cache.forgetReading(mirrored.table);
  const [whole] = (await planReading(context.client, context.cache, [mirrored])).objects;
  if (whole) await readChanges(whole, context, true);
}
