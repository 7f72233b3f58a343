import { z } from 'zod';

/** What the results of several commands are made of. */

export const RecordError = z.object({ code: z.string(), message: z.string() });

export const wholeCount = z.number().int();

/** A count for each of these names. */
export const countsOf = <K extends string>(names: readonly K[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, wholeCount])) as Record<K, typeof wholeCount>);

/** The result of a command that lists. */
export const listed = <S extends z.ZodType>(record: S) =>
  z.object({ program: z.string(), records: z.array(record), counts: z.object({ total: wholeCount }) });

/** How a call with a key ended. */
export const onceStatuses = ['done', 'known', 'refused', 'unknown', 'unclear'] as const;

/** The result of a command that makes one call with a key. @param fields what a record has beside key, status and error */
export const keyedRecords = <S extends z.ZodRawShape>(fields: S) =>
  z.object({
    program: z.string(),
    records: z.array(
      z.object({
        /** Idempotency key. */
        key: z.string(),
        status: z.enum(onceStatuses),
        ...fields,
        error: RecordError.optional(),
      }),
    ),
    counts: countsOf(onceStatuses),
  });

/**
 * The result of a command that serves one, or those of a file. `failed`: nothing was changed. `unknown`: to repeat the
 * command finds out.
 */
export const rowRecords = <S extends string, F extends z.ZodRawShape>(statuses: readonly S[], fields: F) =>
  z.object({
    program: z.string(),
    records: z.array(
      z.object({
        key: z.string(),
        status: z.enum(statuses),
        ...fields,
        /** Line of the file. */
        line: wholeCount.optional(),
        error: RecordError.optional(),
      }),
    ),
    counts: countsOf(statuses),
  });

export const rowFailures = ['failed', 'unknown'] as const;
