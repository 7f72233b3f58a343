import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { inAnyCase } from '../inAnyCase.js';
import { SimulationResults } from './simulationShapes.js';

/** Maximum number of journals in one real-time request. Help: "Loyalty Management Process and Configuration Limits". */
export const maxJournalsPerRequest = 1000;

/** What is left out of the summary is not published. */
export const simulationViews = ['DetailedView', 'SummaryView'] as const;

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * A new journal. It may have any createable field of TransactionJournal by its API name, including custom fields, and
 * names instead of ids. Guide: "Loyalty Management Connect API Interchangeable Request Fields".
 * Numbers may be sent as text, which keeps decimals exact.
 */
export const TransactionJournalInput = z
  .object({
    /** ISO 8601 date-time. */
    ActivityDate: z.string(),
    MemberId: z.string().optional(),
    MembershipNumber: z.string().optional(),
    JournalTypeName: z.string().optional(),
    JournalSubTypeName: z.string().optional(),
    ExternalTransactionNumber: z.string().optional(),
    Status: z.string().optional(),
    TransactionAmount: z.union([z.string(), z.number()]).optional(),
    Quantity: z.union([z.string(), z.number()]).optional(),
  })
  .catchall(Scalar);
export type TransactionJournalInput = z.infer<typeof TransactionJournalInput>;

/** A journal that the org already has (v55). */
export const ExistingJournalInput = z.object({ Id: z.string() });

/** How journals are run. With `isSimulation` (v55), nothing is written. */
export const RunSetting = z.object({
  isSimulation: z.boolean().optional(),
  /** How much of a simulation is answered (v66). */
  viewType: inAnyCase(simulationViews).optional(),
});

/**
 * Guide: "Loyalty Engine Input". The guide's property table calls the list `processInput`, but its key is
 * `transactionJournals`. A request has either new journals or existing ones, not both.
 */
export const RealtimeRequest = z.object({
  transactionJournals: z.union([
    z.array(TransactionJournalInput).min(1).max(maxJournalsPerRequest),
    z.array(ExistingJournalInput).min(1).max(maxJournalsPerRequest),
  ]),
  runSetting: RunSetting.optional(),
});
export type RealtimeRequest = z.infer<typeof RealtimeRequest>;

const CurrencyChange = z.looseObject({
  currencyName: z.string(),
  currencyType: z.string().optional(),
  changeInPointsBalance: z.number().optional(),
  changeInEscrowPointsBalance: z.number().optional(),
  promotionId: z.string().nullish(),
});

/** This resource spells `memberShipNumber` with a capital S. */
const MemberChange = z.looseObject({
  memberShipNumber: z.string(),
  changeInMemberCurrencies: z.array(CurrencyChange).nullish(),
});

const IssuedVoucher = z.looseObject({ voucherCode: z.string().nullish(), voucherId: z.string().nullish() });

export const JournalResult = z.looseObject({
  id: z.string().nullish(),
  changeInMemberPoints: z.array(MemberChange).nullish(),
  voucherResult: z.looseObject({ vouchersIssued: z.array(IssuedVoucher).nullish() }).nullish(),
});
export type JournalResult = z.infer<typeof JournalResult>;

const MemberBalance = z.looseObject({
  memberShipNumber: z.string(),
  memberCurrencies: z
    .array(
      z.looseObject({
        currencyName: z.string(),
        currencyType: z.string().optional(),
        pointsBalance: z.number(),
        escrowPointsBalance: z.number().optional(),
      }),
    )
    .nullish(),
});

/**
 * Guide: "Loyalty Engine Realtime Output". If the engine fails, the answer is HTTP 200 with `status:false` and a
 * message. The answer lists rewards that rules gave directly, but not rewards from flows or subprocesses that they
 * started.
 */
export const RealtimeResponse = z.looseObject({
  status: z.boolean(),
  message: z.string().nullish(),
  programName: z.string().nullish(),
  processResult: z
    .looseObject({
      memberPointsBalance: z.array(MemberBalance).nullish(),
      transactionJournalResult: z.array(JournalResult).nullish(),
    })
    .nullish(),
  simulationResults: SimulationResults.nullish(),
});
export type RealtimeResponse = z.infer<typeof RealtimeResponse>;

export const realtimeEndpoints = {
  execute: endpoint({
    method: 'POST',
    path: '/connect/realtime/loyalty/programs/{program}',
    since: 54,
    guide: 'Transaction Journals Execution',
    request: RealtimeRequest,
    response: RealtimeResponse,
  }),
};
