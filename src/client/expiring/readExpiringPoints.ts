import type { MemberProfile } from '../../contract/endpoints/memberEndpoints.js';
import type { LoyaltyClient } from '../loyaltyClient.js';
import type { QueryResource } from '../query/queryResource.js';
import { soqlText } from '../query/soql.js';
import { expiringCurrency, ExpiryModelRow, PointsLedgerRow } from './expiringCurrency.js';
import type { ExpiringCurrency } from './expiringCurrency.js';

/**
 * The points of a member by the day on which they expire, as far as profile and ledger tell.
 *
 * @param member `0lM…` Id or membership number
 * @throws {UnknownProgramError}
 * @throws {UnknownMemberError}
 */
export async function readExpiringPoints(
  client: LoyaltyClient,
  program: string,
  member: string,
): Promise<ExpiringCurrency[]> {
  const { Id } = await client.members.get(program, member);
  return expiringPoints(client.query, await client.members.profile(program, { memberId: Id }));
}

export async function expiringPoints(query: QueryResource, profile: MemberProfile): Promise<ExpiringCurrency[]> {
  const member = soqlText(profile.loyaltyProgramMemberId);
  const [currencies, ledgers] = await Promise.all([
    query.allRows(
      'SELECT Id, Name, CurrencyType, ExpiryModel, ExpiryPeriodFrequency, ExpiryPeriodUnit, ExtendExpiration ' +
        'FROM LoyaltyProgramCurrency WHERE Id IN (SELECT LoyaltyProgramCurrencyId FROM LoyaltyMemberCurrency ' +
        `WHERE LoyaltyMemberId = ${member}) ORDER BY Name`,
      ExpiryModelRow,
    ),
    query.allRows(
      'SELECT EventType, Points, ExpiryDate, EscrowPointsCreditDate, ActivityDate, LoyaltyProgramCurrencyId ' +
        `FROM LoyaltyLedger WHERE LoyaltyProgramMemberId = ${member} ORDER BY CreatedDate, Id`,
      PointsLedgerRow,
    ),
  ]);
  return currencies.map((currency) => expiringCurrency(profile, currency, ledgers));
}
