import { valueAt } from '../../base/jsonObject.js';
import type { LoyaltyClient } from '../../client/index.js';
import { readBulkQuery } from './bulkQueryRows.js';
import type { BulkQueryContext } from './bulkQueryRows.js';
import { cachedValue } from './cachedValue.js';
import type { CachedValue, OrgValue } from './cachedValue.js';
import type { InsightCache } from './insightCache.js';
import type { MirroredObject } from './mirroredObjects.js';
import type { ObjectPlan } from './readingPlan.js';

/**
 * Records that are stored in one transaction. With more of them, more outlive a collection of garbage, and V8 makes room for
 * more garbage: 128 MB instead of a few.
 */
const batch = 500;

/** Says how many records have been stored since the last time. */
export type OnRows = (count: number) => void;

export interface ReadContext extends BulkQueryContext {
  readonly client: LoyaltyClient;
  readonly cache: InsightCache;
  readonly onRows: OnRows;
  /** The org's time before anything was read, in ISO 8601. If the org does not tell it, the latest record counts. */
  readonly began?: string | undefined;
}

/**
 * Reads what has changed of an object into the cache. Memory holds one page and one batch.
 * @param isWhole whether it reads all records, and the cache loses the others at the end
 */
export async function readChanges(plan: ObjectPlan, context: ReadContext, isWhole = false): Promise<void> {
  const { client, cache, signal } = context;
  if (isWhole) cache.beginPresence(plan.mirrored.table);
  const draft = new CacheDraft(plan.mirrored, context, isWhole);
  if (plan.route === 'bulk') await readBulkQuery(plan, context, (row) => draft.add((field) => row[field]));
  else if (plan.rows > 0) {
    for await (const record of client.query.records(plan.soql, signal))
      draft.add((field) => valueAt(record, field.split('.')) as OrgValue);
  }
  draft.store();
  if (isWhole) cache.keepOnlyPresent(plan.mirrored.table);
  const until = context.began ?? draft.latest;
  if (until !== undefined) cache.setReadUntil(plan.mirrored.table, until);
}

/** Collects records, and stores them batch by batch. */
class CacheDraft {
  /** The latest SystemModstamp of all of them. */
  latest: string | undefined;
  readonly #mirrored: MirroredObject;
  readonly #context: ReadContext;
  readonly #isWhole: boolean;
  #rows: CachedValue[][] = [];

  constructor(mirrored: MirroredObject, context: ReadContext, isWhole: boolean) {
    this.#isWhole = isWhole;
    this.#mirrored = mirrored;
    this.#context = context;
  }

  add(valueOf: (field: string) => OrgValue): void {
    const { zone } = this.#context.cache.owner;
    const cells = this.#mirrored.columns.map(({ field, kind }) => cachedValue(valueOf(field), kind, zone));
    this.#rows.push([String(valueOf('Id')), ...cells]);
    const time = new Date(String(valueOf('SystemModstamp'))).toISOString();
    if (this.latest === undefined || time > this.latest) this.latest = time;
    if (this.#rows.length >= batch) this.store();
  }

  store(): void {
    const { cache } = this.#context;
    cache.store(this.#mirrored, this.#rows);
    if (this.#isWhole) cache.addPresent(this.#rows.map(([id]) => String(id)));
    this.#context.onRows(this.#rows.length);
    this.#rows = [];
  }
}
