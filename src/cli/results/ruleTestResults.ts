import { z } from 'zod';

const count = z.number().int();
const share = z.object({ covered: count, total: count });

const TestedCase = z.object({
  /** File and name. */
  key: z.string(),
  status: z.enum(['passed', 'failed']),
  name: z.string(),
  file: z.string(),
  line: count,
  milliseconds: z.number(),
  failures: z.array(z.object({ message: z.string(), file: z.string(), line: count })),
});
export type TestedCase = z.infer<typeof TestedCase>;

export const TestProgramResult = z.object({
  program: z.string(),
  records: z.array(TestedCase),
  counts: z.object({ passed: count, failed: count }),
  coverage: z.object({
    /** 0 to 100, of rules, actions, and conditions, each of which counts twice: as met and as not met. */
    percent: z.number(),
    rules: share,
    actions: share,
    conditions: share,
    uncovered: z.array(
      z.object({
        process: z.string(),
        rule: z.string(),
        /** Null for a rule that never ran. */
        step: z.string().nullable(),
        /** `met` or `notMet`: what no case has seen of a condition. */
        what: z.enum(['rule', 'action', 'met', 'notMet']),
        file: z.string(),
        line: count,
      }),
    ),
  }),
  /** Likely mistakes in the rules. */
  findings: z.array(
    z.object({
      code: z.string(),
      /** What is probably a mistake is a warning; what may be meant is a note (`info`). */
      level: z.enum(['warning', 'info']),
      message: z.string(),
      file: z.string(),
      line: count,
    }),
  ),
  /** Null if no mutants were asked for, or a case has failed without any. */
  mutants: z
    .object({
      total: count,
      noticed: count,
      unnoticed: z.array(
        z.object({
          process: z.string(),
          rule: z.string(),
          condition: z.string(),
          /** Of the criterion. */
          sequence: count,
          field: z.string(),
          operator: z.string(),
          /** What the operator became. */
          mutated: z.string(),
          file: z.string(),
          line: count,
        }),
      ),
    })
    .nullable(),
});
export type TestProgramResult = z.infer<typeof TestProgramResult>;
