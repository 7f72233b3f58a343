import type { RealtimeResponse } from '../../../contract/endpoints/realtimeEndpoints.js';
import { balanceOf, escrowOf } from '../engine/rewardBooks/memberCurrencies.js';
import type { StoredJournal } from '../journalReader.js';
import type { RewardedRun } from './realtimeRewards.js';

/** Guide: "Loyalty Engine Realtime Output". Balances are those after all journals of the request. */
export function realtimeAnswer(
  programName: string,
  journals: readonly StoredJournal[],
  run: RewardedRun,
): RealtimeResponse {
  return {
    message: null,
    processResult: {
      memberPointsBalance: memberBalances(journals, run),
      transactionJournalResult: journals.map((journal) => journalResult(journal, run)),
    },
    programName,
    simulationResults: null,
    status: true,
  };
}

/** HTTP 200 as well: the engine could not do it, and nothing is stored. */
export function realtimeFailure(programName: string, message: string): RealtimeResponse {
  return { message, processResult: null, programName, simulationResults: null, status: false };
}

function memberBalances(journals: readonly StoredJournal[], { currencies }: RewardedRun) {
  const numbers = new Map(journals.map(({ memberId, membershipNumber }) => [memberId, membershipNumber]));
  return [...numbers].map(([memberId, memberShipNumber]) => ({
    memberShipNumber,
    memberCurrencies: currencies.ofMember(memberId).map((held) => ({
      currencyName: held.currencyName,
      currencyType: held.currencyType,
      pointsBalance: balanceOf(held).toNumber(),
      escrowPointsBalance: escrowOf(held).toNumber(),
    })),
  }));
}

/** The list of members is empty where no points moved. */
function journalResult({ id, membershipNumber }: StoredJournal, run: RewardedRun) {
  const changes = run.changesOf(id).map(({ points, escrow, escrowDate: _, ...currency }) => ({
    ...currency,
    changeInPointsBalance: points,
    ...(escrow !== 0 && { changeInEscrowPointsBalance: escrow }),
  }));
  const member = { memberShipNumber: membershipNumber, changeInMemberCurrencies: changes };
  return {
    id,
    changeInMemberPoints: changes.length > 0 ? [member] : [],
    badgesAssigned: [...run.badgesOf(id)],
    gamesAssigned: [...run.gamesOf(id)],
    voucherResult: { vouchersIssued: [...run.vouchersOf(id)] },
  };
}
