import { z } from 'zod';
import { VerifyFidelityResult } from './fidelityResult.js';
import { SyncForgetResult } from '../sync/forgetResult.js';
import { SyncProbeResult } from '../sync/probeResult.js';
import { SyncResult } from '../sync/syncResult.js';

/**
 * What `--json` prints, command by command. The JSON Schemas in `schemas/` are generated from it. Commands that take
 * one or more items share one shape: `records`, each with a key and a status, and `counts` by status.
 */

const RecordError = z.object({ code: z.string(), message: z.string() });

const counted = <S extends readonly [string, ...string[]]>(statuses: S) =>
  z.object(Object.fromEntries(statuses.map((status) => [status, z.number().int()])) as Record<S[number], z.ZodNumber>);

/** `open`: the org was not ready, and nothing of the member is stored in it. */
export const enrollStatuses = ['enrolled', 'exists', 'failed', 'unknown', 'open'] as const;

export const EnrollMemberResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Membership number. */
      key: z.string(),
      status: z.enum(enrollStatuses),
      memberId: z.string().optional(),
      /** Line in the input file, if there is one. */
      line: z.number().int().optional(),
      error: RecordError.optional(),
    }),
  ),
  counts: counted(enrollStatuses),
});
export type EnrollMemberResult = z.infer<typeof EnrollMemberResult>;

export const onceStatuses = ['done', 'known', 'refused', 'unknown', 'unclear'] as const;

export const CreditPointsResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Idempotency key. */
      key: z.string(),
      status: z.enum(onceStatuses),
      member: z.string(),
      points: z.number(),
      error: RecordError.optional(),
    }),
  ),
  counts: counted(onceStatuses),
});
export type CreditPointsResult = z.infer<typeof CreditPointsResult>;

export const UpdateProgressResult = z.object({
  program: z.string(),
  records: z.array(
    z.object({
      /** Idempotency key. For `--to`, which needs none: the promotion's Id. */
      key: z.string(),
      status: z.enum(onceStatuses),
      member: z.string(),
      promotionId: z.string(),
      promotionName: z.string(),
      before: z.number().nullable(),
      after: z.number().nullable(),
      target: z.number().nullable(),
      percent: z.number().nullable(),
      error: RecordError.optional(),
    }),
  ),
  counts: counted(onceStatuses),
});
export type UpdateProgressResult = z.infer<typeof UpdateProgressResult>;

const ProgressFields = z.object({
  completed: z.number(),
  target: z.number().nullable(),
  /** 0 to 100; above 100 when the rules let usage grow past the target. */
  percent: z.number().nullable(),
});

const listed = <S extends z.ZodType>(record: S) =>
  z.object({ program: z.string(), records: z.array(record), counts: z.object({ total: z.number().int() }) });

export const ListPromotionsResult = listed(
  z.object({
    /** Id of the promotion. */
    key: z.string(),
    /** Eligibility in the org's words: `Eligible`, `EligibleButNotEnrolled`, `Ineligible`. */
    status: z.string(),
    name: z.string(),
    type: z.string().nullable(),
    startDate: z.string().nullable(),
    endDate: z.string().nullable(),
    enrollmentRequired: z.boolean(),
    progress: ProgressFields.optional(),
  }),
);
export type ListPromotionsResult = z.infer<typeof ListPromotionsResult>;

export const ListProgressResult = listed(
  ProgressFields.extend({
    /** Id of the promotion. */
    key: z.string(),
    status: z.enum(['open', 'reached']),
    member: z.string(),
    promotionName: z.string(),
    promotionEndDate: z.string().nullable(),
    /** Name of the engagement attribute that counts progress, if the org uses attributes. */
    attributeName: z.string().nullable(),
  }),
);
export type ListProgressResult = z.infer<typeof ListProgressResult>;

export const EmulatorStartResult = z.object({
  url: z.string(),
  token: z.string(),
  pid: z.number().int(),
  alias: z.string().optional(),
  /** The example program and its members, if `--example` was given. */
  example: z.object({ program: z.string(), members: z.array(z.string()) }).optional(),
});
export type EmulatorStartResult = z.infer<typeof EmulatorStartResult>;

export const EmulatorStopResult = z.object({ url: z.string(), pid: z.number().int() });
export type EmulatorStopResult = z.infer<typeof EmulatorStopResult>;

export const EmulatorSaveResult = z.object({ url: z.string(), file: z.string(), bytes: z.number().int() });
export type EmulatorSaveResult = z.infer<typeof EmulatorSaveResult>;

export const resultSchemas = {
  'loyalty-enroll-member': EnrollMemberResult,
  'loyalty-credit-points': CreditPointsResult,
  'loyalty-list-promotions': ListPromotionsResult,
  'loyalty-update-progress': UpdateProgressResult,
  'loyalty-list-progress': ListProgressResult,
  'loyalty-sync-start': SyncResult,
  'loyalty-sync-resume': SyncResult,
  'loyalty-sync-retry': SyncResult,
  'loyalty-sync-report': SyncResult,
  'loyalty-sync-forget': SyncForgetResult,
  'loyalty-verify-fidelity': VerifyFidelityResult,
  'loyalty-sync-probe': SyncProbeResult,
  'loyalty-emulator-start': EmulatorStartResult,
  'loyalty-emulator-stop': EmulatorStopResult,
  'loyalty-emulator-save': EmulatorSaveResult,
} as const satisfies Record<string, z.ZodType>;
