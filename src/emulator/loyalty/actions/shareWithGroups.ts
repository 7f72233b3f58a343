import { transferMemberPointsToGroups } from '../../../contract/actions/pointsActions.js';
import { decimalOf, product } from '../../../base/decimal.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { StoredJournal } from '../journalReader.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { insertOrgJournal } from '../systemJournals.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { enterMoves, journalGiven, roundedPoints } from './pointsMove.js';
import type { PointsMove } from './pointsMove.js';
import { serveAction } from './servedAction.js';

/** A group of the member, and the share of the member's points that it gets, in percent. */
interface GroupShare {
  readonly groupId: string;
  readonly percent: number;
}

/**
 * Gives each group of the member its percentage of what an accrual has credited in currencies that can be spent. The
 * journals of the transfer are related to the accrual, and an accrual is shared once: both are inferred.
 */
export const shareWithGroups = serveAction(transferMemberPointsToGroups, (loyalty, { writing, inputs }) => {
  const accrual = journalGiven(loyalty, writing, { inputs, name: 'JournalId' });
  requireAccrual(writing.store, accrual);
  const credits = creditsOf(writing.store, accrual);
  for (const { groupId, percent } of sharesOf(writing.store, accrual)) {
    const moves = credits.flatMap(({ currency, points }) => {
      const share = roundedPoints(product([points, decimalOf(percent)]).dividedBy(100));
      return share.isZero() ? [] : [{ currency, points: share }];
    });
    transfer(loyalty, writing, { accrual, groupId, moves });
  }
  return {};
});

interface SharedPoints {
  readonly accrual: StoredJournal;
  readonly groupId: string;
  readonly moves: readonly Omit<PointsMove, 'journal'>[];
}

function transfer(loyalty: LoyaltyOrg, writing: WriteContext, { accrual, groupId, moves }: SharedPoints): void {
  if (moves.length === 0) return;
  const values = { RelatedJournalId: accrual.id };
  const from = { programId: accrual.programId ?? '', type: 'Points Transfer', values };
  const given = insertOrgJournal(loyalty, writing, { ...from, memberId: accrual.memberId });
  const taken = insertOrgJournal(loyalty, writing, { ...from, memberId: groupId });
  const entries = moves.flatMap(({ currency, points }) => [
    { journal: given, currency, points: points.negated() },
    { journal: taken, currency, points, escrowDate: null },
  ]);
  enterMoves(loyalty, writing, entries);
}

function requireAccrual(store: Store, { id, journalType, status }: StoredJournal): void {
  if (journalType.toLowerCase() !== 'accrual' || status !== 'Processed') {
    throw new ProcessFailure(`The transaction journal ${id} is not a processed accrual.`);
  }
  const related = store.find('TransactionJournal', { RelatedJournalId: id });
  const transferType = store.first('JournalType', { Name: 'Points Transfer' })?.Id;
  if (!related.some((row) => row['JournalTypeId'] === transferType)) return;
  throw new ProcessFailure(`The points of the transaction journal ${id} have been transferred to groups already.`);
}

function creditsOf(store: Store, { id, programId }: StoredJournal) {
  const spendable = programCurrencies(store, programId ?? '').filter(({ type }) => type === 'NonQualifying');
  const rows = store.find('LoyaltyLedger', { TransactionJournalId: id, EventType: 'Credit' });
  if (rows.length === 0) throw new ProcessFailure(`The transaction journal ${id} has credited no points.`);
  return spendable.map((currency) => {
    const own = rows.filter((row) => row['LoyaltyProgramCurrencyId'] === currency.id);
    return { currency, points: own.reduce((sum, row) => sum.plus(numberOf(row, 'Points')), decimalOf(0)) };
  });
}

function sharesOf(store: Store, { memberId, membershipNumber }: StoredJournal): GroupShare[] {
  const links = store.find('LoyaltyPgmGroupMbrRlnsp', { RelatedLoyaltyProgramMemberId: memberId });
  if (links.length === 0) throw new ProcessFailure(`Member ${membershipNumber} belongs to no group.`);
  return links.map((link: SObjectRow) => ({
    groupId: String(link['LoyaltyProgramGroupMemberId']),
    percent: numberOf(link, 'MemberPointContributionPercent'),
  }));
}
