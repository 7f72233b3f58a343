import { z } from 'zod';
import { endpoint } from '../endpoint.js';

/** Guide: "Loyalty Process Input". */
export const ProgramProcessRequest = z.object({
  /** All documented samples have exactly one map. The meaning of more than one is not published. */
  processParameters: z.array(z.record(z.string(), z.unknown())).length(1),
});
export type ProgramProcessRequest = z.infer<typeof ProgramProcessRequest>;

const Results = z.object({ results: z.array(z.record(z.string(), z.unknown())) });

/**
 * Guide: "Loyalty Process Output". A `status:false` has HTTP 200. Results are nested twice, except in the documented
 * sample of Update Member Tier, where they are nested once. Both forms are accepted.
 */
export const ProgramProcessResponse = z.object({
  status: z.boolean(),
  message: z.string().nullish(),
  outputParameters: z.union([z.object({ outputParameters: Results }), Results, z.object({})]).nullish(),
  simulationDetails: z.unknown().optional(),
});
export type ProgramProcessResponse = z.infer<typeof ProgramProcessResponse>;

/** The types of processes. Guide: LoyaltyProgramProcess.ProcessType (v54, v56, v58). */
export const ProcessType = z.enum([
  'TransactionJournal',
  'TierProcessing',
  'CreditPointsToMembers',
  'DebitPointsFromMembers',
  'IssueVoucher',
  'CancelVoucher',
  'EnrollInPromotion',
  'OptOutPromotion',
  'GetMemberPromotions',
  'UpdateMemberDetails',
  'UnenrollMember',
]);
export type ProcessType = z.infer<typeof ProcessType>;

export const processEndpoints = {
  /** The last path segment is the name of the process in the org, not its type. */
  run: endpoint({
    method: 'POST',
    path: '/connect/loyalty/programs/{program}/program-processes/{process}',
    since: 56,
    guide: 'Loyalty Program Process',
    request: ProgramProcessRequest,
    response: ProgramProcessResponse,
  }),
};
