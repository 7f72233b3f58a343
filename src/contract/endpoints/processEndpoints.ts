import { z } from 'zod';
import { endpoint } from '../endpoint.js';

/** Guide: "Loyalty Process Input". */
export const ProgramProcessRequest = z.object({
  /** Every documented sample holds exactly one map; what more than one does is unpublished. */
  processParameters: z.array(z.record(z.string(), z.unknown())).length(1),
});
export type ProgramProcessRequest = z.infer<typeof ProgramProcessRequest>;

const Results = z.object({ results: z.array(z.record(z.string(), z.unknown())) });

/**
 * Guide: "Loyalty Process Output". `status:false` comes with HTTP 200. Results are nested twice, except in the
 * documented sample of Update Member Tier, which nests once: both forms are read.
 */
export const ProgramProcessResponse = z.object({
  status: z.boolean(),
  message: z.string().nullish(),
  outputParameters: z.union([z.object({ outputParameters: Results }), Results, z.object({})]).nullish(),
  simulationDetails: z.unknown().optional(),
});
export type ProgramProcessResponse = z.infer<typeof ProgramProcessResponse>;

/** Fixed types of processes. Guide: LoyaltyProgramProcess.ProcessType (v54, v56, v58). */
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
  /** The last path segment is the name that the org gave to the process, not its type. */
  run: endpoint({
    method: 'POST',
    path: '/connect/loyalty/programs/{program}/program-processes/{process}',
    since: 56,
    guide: 'Loyalty Program Process',
    request: ProgramProcessRequest,
    response: ProgramProcessResponse,
  }),
};
