import type { Answer } from '../restClient.js';
import { ExampleOrg } from './exampleProgram.js';

export const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

/**
 * A program with the referral promotion FRIEND, from 1 to 31 March 2026: a friend who signs up gets a voucher, and the
 * advocate 50 Stars for the friend's first purchase. WX-1 is a member.
 */
export class ReferralOrg implements AsyncDisposable {
  private constructor(
    readonly org: ExampleOrg,
    readonly promotionId: string,
  ) {}

  static async start(): Promise<ReferralOrg> {
    const org = await ExampleOrg.start({ clock });
    await org.enroll('WX-1', {
      associatedContactDetails: { firstName: 'Ana', lastName: 'Costa', email: 'ana.costa@example.com' },
    });
    const { store } = org.emulator;
    const definition = store.insert('VoucherDefinition', {
      ...{ Name: 'Welcome', Type: 'FixedValue', FaceValue: 5, IsActive: true, IsPartialRedeemable: true },
      ...{ EffectiveDate: '2026-01-01', ExpirationType: 'Period', ExpirationPeriod: 30, ExpirationPeriodUnit: 'Days' },
      LoyaltyProgramId: org.program.id,
    });
    const promotionId = org.addPromotion('Bring a friend', {
      ...{ PromotionCode: 'FRIEND', IsReferralPromotion: true, StartDate: '2026-03-01', EndDate: '2026-03-31' },
      ...{ FulfillmentAction: 'CreditPoints', TotalRewardPoints: 50, LoyaltyProgramCurrencyId: org.program.stars },
      DefaultVoucherDefinitionId: definition,
    });
    const JournalTypeId = store.first('JournalType', { Name: 'Referral' })?.Id;
    const subType = (Name: string) => store.insert('JournalSubType', { Name, JournalTypeId });
    const stage = (Type: string, SequenceNumber: number, more: Record<string, unknown>) =>
      store.insert('PromotionStage', {
        ...{ Name: Type, ApiName: Type.replaceAll(' ', '_'), Type, SequenceNumber, PromotionId: promotionId, ...more },
      });
    stage('Friend Signs Up', 4, { ReferredPartyJournalSubTypeId: subType('Friend Enrollment') });
    stage('Friend Completes First Purchase', 5, { ReferrerJournalSubTypeId: subType('Friend Purchase') });
    return new ReferralOrg(org, promotionId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.org[Symbol.asyncDispose]();
  }

  join(body: Record<string, unknown>, code = 'FRIEND'): Promise<Answer> {
    return this.org.api.post(`/referral-programs/Harbour%20Rewards/promotions/${code}/member-enrollments`, body);
  }

  event(referralCode: string, body: Record<string, unknown>): Promise<Answer> {
    const at = { activityDateTime: '2026-03-09T10:00:00' };
    return this.org.api.post('/referral-program/referral-event', { referralCode, ...at, ...body });
  }

  async referrals(): Promise<Record<string, unknown>[]> {
    const rows = await this.org.rows(
      `SELECT ReferrerId, ReferralDate, ReferralType, Source, CurrentPromotionStage.Type, ReferredParty.Name FROM Referral
       ORDER BY Name`,
    );
    return rows.map(({ attributes: _, CurrentPromotionStage: stage, ReferredParty: friend, ...row }) => ({
      ...row,
      stage: (stage as { Type: string } | null)?.Type,
      friend: (friend as { Name: string } | null)?.Name,
    }));
  }
}

export function refusal({ status, body }: Answer): unknown[] {
  return [status, body[0].errorCode, body[0].message];
}

export function invalid(message: string): unknown[] {
  return [400, 'INVALID_API_INPUT', message];
}
