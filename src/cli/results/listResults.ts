import { z } from 'zod';
import { keyedRecords, listed, wholeCount } from './recordShapes.js';

const text = z.string().nullable();

export const ListProgramsResult = z.object({
  /** `key`: name of the program. */
  records: z.array(z.object({ key: z.string(), status: text, programId: z.string() })),
  counts: z.object({ total: wholeCount }),
});
export type ListProgramsResult = z.infer<typeof ListProgramsResult>;

export const ListMembersResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number. */
      key: z.string(),
      status: text,
      memberId: z.string(),
      name: text,
      email: text,
      type: text,
      enrollmentDate: text,
    }),
  ),
  /** `matching`: members that the filters let through; `total`: those that are listed. */
  counts: z.object({ total: wholeCount, matching: wholeCount }),
});
export type ListMembersResult = z.infer<typeof ListMembersResult>;

const ListedParameter = z.object({ name: z.string(), type: text });

export const ListProcessesResult = listed(
  z.object({
    /** Name of the process in the org. */
    key: z.string(),
    status: text,
    processId: z.string(),
    type: text,
    inputs: z.array(ListedParameter),
    outputs: z.array(ListedParameter),
  }),
);
export type ListProcessesResult = z.infer<typeof ListProcessesResult>;

const values = z.record(z.string(), z.unknown());

export const RunProcessResult = keyedRecords({
  process: z.string(),
  /** Null if the call has not been answered. Empty for a process that has no active rule. */
  results: z.array(values).nullable(),
});
export type RunProcessResult = z.infer<typeof RunProcessResult>;

export const RunActionResult = keyedRecords({
  /** The name that this org has for the action. */
  action: z.string(),
  /** Null if the call has not been answered. */
  outputs: values.nullable(),
});
export type RunActionResult = z.infer<typeof RunActionResult>;
