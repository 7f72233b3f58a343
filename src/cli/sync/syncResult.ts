import { z } from 'zod';
import { enrollmentStates, itemStates, recordStatuses } from '../../sync/index.js';
import { countsOf, RecordError, wholeCount } from '../results/recordShapes.js';

/** What `--json` prints for a sync command. The JSON Schemas in `schemas/` are generated from it. */

/** How a run has ended; `running` before its end. */
export const ShownEnding = z.enum(['running', 'planned', 'complete', 'unfinished', 'interrupted', 'stopped', 'failed']);

const recordStatus = z.enum(recordStatuses);

export const SyncResult = z.object({
  run: z.string(),
  program: z.string(),
  outbox: z.string(),
  /** Folder with one line for each row and transaction. */
  results: z.string().nullable(),
  ending: ShownEnding,
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
  /** docs/sync-protocol.md explains each count and how they add up. */
  counts: z.object({
    rows: countsOf(['read', 'used', 'skipped', 'rejected']),
    transactions: countsOf([
      ...(['made', 'new', 'corrected', 'takenUpByItself', 'known', 'superseded', 'repeatAccepted'] as const),
      ...(['forgotten', 'openBefore', 'refusedBefore', 'repeated', 'conflict', 'detailsDiffer'] as const),
    ]),
    items: countsOf([
      ...(['new', 'corrected', 'takenUpByItself', 'takenUpAgain', 'carriedOver'] as const),
      ...itemStates,
      ...(['sentNow', 'found', 'withoutEffect', 'cancelled'] as const),
    ]),
  }),
  /** Members who were enrolled on the way (`--unknown-members enroll`), or whom the org refused. Absent if none. */
  members: z
    .object({
      ...countsOf(enrollmentStates).shape,
      /** The first 1,000. The results folder has all of them. */
      records: z.array(
        z.object({
          member: z.string(),
          state: z.enum(enrollmentStates),
          memberId: z.string().optional(),
          code: z.string().optional(),
          message: z.string().optional(),
        }),
      ),
      recordsLeftOut: wholeCount,
    })
    .optional(),
  /** What a person should know besides the counts. */
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
  /** Why items are neither done nor known before: all reasons, the most frequent first. */
  reasons: z.array(
    z.object({
      status: recordStatus,
      code: z.string().optional(),
      column: z.string().optional(),
      count: wholeCount,
      tries: wholeCount.optional(),
      /** The message of the first of them. */
      example: z.string(),
      /** Key of the first of them, and where it was read, as far as they are known. */
      key: z.string().optional(),
      feed: z.string().optional(),
      line: z.number().int().optional(),
    }),
  ),
  /** The first 1,000 records. The results folder has all of them. */
  records: z.array(
    z.object({
      key: z.string().optional(),
      status: recordStatus,
      member: z.string().optional(),
      feed: z.string().optional(),
      line: z.number().int().optional(),
      column: z.string().optional(),
      error: RecordError.optional(),
      tries: wholeCount.optional(),
      /** Key of the parked transaction of the same member that it waits for. */
      waitsFor: z.string().optional(),
    }),
  ),
  recordsLeftOut: wholeCount,
  /** With --notify-progress: the first 1,000 thresholds that this process has told. The results folder has all of them. */
  thresholds: z
    .array(
      z.object({
        /** Stable: a threshold that is told again after a crash has the same one. */
        id: z.string(),
        member: z.string(),
        promotionId: z.string(),
        promotionName: z.string(),
        attributeName: z.string().nullable(),
        /** Percent. */
        threshold: z.number().int(),
        /** Counts from 1. A promotion that starts again at its target begins another round. */
        round: wholeCount,
        completed: z.number(),
        target: z.number().nullable(),
        percent: z.number().nullable(),
        toGo: z.number().nullable(),
        timesReached: wholeCount,
        asOf: z.string(),
      }),
    )
    .optional(),
  /** Of a dry run: what would be sent first, as the route sends it. */
  preview: z
    .array(z.object({ key: z.string(), member: z.string(), sent: z.record(z.string(), z.unknown()) }))
    .optional(),
});
export type SyncResult = z.infer<typeof SyncResult>;
