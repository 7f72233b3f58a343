import type { SObjectRow, Store } from '../../emulator/index.js';
import type { CaseShapeInput } from '../caseShapes.js';
import { caseState } from '../caseState.js';

type GivenInput = NonNullable<CaseShapeInput['given']>;

/**
 * Returns what a case must give a member so that it is as this one is now. A case can give no negative balance, no
 * points in escrow and no voucher that was used: a case of such a member does not pass, and is not saved.
 */
export function givenOf(store: Store, memberId: string, firstDay: string): GivenInput {
  const member = store.get('LoyaltyProgramMember', memberId);
  const { balances, tiers, progress, attributes } = caseState(store, memberId);
  const [tier, ...others] = tiers;
  const enrolled = dayOf(member?.['EnrollmentDate']);
  const birthdate = dayOf(store.get('Contact', String(member?.['ContactId']))?.['Birthdate']);
  return withoutEmpty({
    enrollmentDate: enrolled === firstDay ? undefined : enrolled,
    birthdate,
    tier: others.length === 0 ? tier : undefined,
    balances: positive(balances),
    progress: positive(progress),
    enrollments: enrollmentsOf(store, memberId),
    attributes: Object.fromEntries(attributes),
    vouchers: vouchersOf(store, memberId),
    fields: member ? customFieldsOf(member) : {},
  });
}

function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 10) : undefined;
}

function positive(values: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...values].filter(([, value]) => value > 0));
}

/** Promotions that need an enrollment, and have it. */
function enrollmentsOf(store: Store, memberId: string): string[] {
  const rows = store.find('LoyaltyProgramMbrPromotion', { LoyaltyProgramMemberId: memberId, IsEnrollmentActive: true });
  const promotions = rows.map((row) => store.get('Promotion', String(row['PromotionId'])));
  return promotions.flatMap((row) => (row?.['IsEnrollmentRequired'] === true ? String(row['Name']) : []));
}

function vouchersOf(store: Store, memberId: string): NonNullable<GivenInput['vouchers']> {
  return store.find('Voucher', { LoyaltyProgramMemberId: memberId, Status: 'Issued' }).map((row) => ({
    definition: String(store.get('VoucherDefinition', String(row['VoucherDefinitionId']))?.['Name']),
    code: String(row['VoucherCode']),
    expirationDate: dayOf(row['ExpirationDate']),
  }));
}

/** What rules may read besides. */
function customFieldsOf(member: SObjectRow): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(member).filter(
      (entry): entry is [string, string | number | boolean] => entry[0].endsWith('__c') && entry[1] !== null,
    ),
  );
}

function withoutEmpty(given: GivenInput): GivenInput {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
