import { z } from 'zod';
import { itemStates, recordStatuses } from '../../sync/index.js';

/** What `--json` prints of a sync command. The JSON Schemas in `schemas/` are made from it. */

const RecordError = z.object({ code: z.string(), message: z.string() });

const count = z.number().int();

const counts = <K extends string>(names: readonly K[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, count])) as Record<K, typeof count>);

const recordStatus = z.enum(recordStatuses);

export const SyncResult = z.object({
  run: z.string(),
  program: z.string(),
  outbox: z.string(),
  /** Folder with one line for each row and transaction. */
  results: z.string().nullable(),
  ending: z.enum(['running', 'planned', 'complete', 'unfinished', 'interrupted', 'stopped', 'failed']),
  stopped: z
    .object({
      code: z.string(),
      message: z.string(),
      action: z.string().optional(),
      /** The mapping or the feed has to be corrected, which takes a new run. */
      startAgain: z.boolean().optional(),
    })
    .optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** What each of them means, and how they add up: docs/sync-protocol.md. */
  counts: z.object({
    rows: counts(['read', 'used', 'skipped', 'rejected']),
    transactions: counts([
      ...(['made', 'new', 'corrected', 'takenUpByItself', 'known', 'superseded', 'repeatAccepted'] as const),
      ...(['forgotten', 'openBefore', 'refusedBefore', 'repeated', 'conflict', 'detailsDiffer'] as const),
    ]),
    items: counts([
      ...(['new', 'corrected', 'takenUpByItself', 'takenUpAgain', 'carriedOver'] as const),
      ...itemStates,
      ...(['sentNow', 'found', 'withoutEffect', 'cancelled'] as const),
    ]),
  }),
  /** What a person should know beside the counts. */
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Why something is neither done nor known before: all of it, the most frequent reason first. */
  reasons: z.array(
    z.object({
      status: recordStatus,
      code: z.string().optional(),
      column: z.string().optional(),
      count,
      tries: count.optional(),
      example: z.string(),
    }),
  ),
  /** The first 1,000 of them; the results folder has all. */
  records: z.array(
    z.object({
      key: z.string().optional(),
      status: recordStatus,
      member: z.string().optional(),
      feed: z.string().optional(),
      line: z.number().int().optional(),
      column: z.string().optional(),
      error: RecordError.optional(),
      tries: count.optional(),
      /** Key of the parked transaction of the same member that it waits for. */
      waitsFor: z.string().optional(),
    }),
  ),
  recordsLeftOut: count,
  /** Of a dry run: the first journals as they would be sent. */
  journals: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type SyncResult = z.infer<typeof SyncResult>;
