import type { SObjectRow, Store } from '../emulator/index.js';
import type { Given } from './caseShapes.js';

interface Place {
  readonly memberId: string;
  readonly program: string;
  /** `yyyy-MM-dd` of the enrollment. */
  readonly day: string;
}

const asOrg = { as: 'org' } as const;

/** Writes what a member has before the first journal, besides points and a tier. */
export function giveMember(store: Store, place: Place, given: Given): void {
  const { memberId } = place;
  const { birthdate, fields } = given;
  store.update('LoyaltyProgramMember', memberId, fields, asOrg);
  if (birthdate !== undefined) {
    const contact = store.get('LoyaltyProgramMember', memberId)?.['ContactId'];
    store.update('Contact', String(contact), { Birthdate: birthdate }, asOrg);
  }
  givePromotions(store, place, given);
  for (const [name, value] of Object.entries(given.attributes)) {
    store.insert(
      'LoyaltyPgmMbrAttributeVal',
      {
        LoyaltyProgramMemberId: memberId,
        LoyaltyPgmEngmtAttributeId: named(store, 'LoyaltyPgmEngmtAttribute', name).Id,
        ...{ CurrentValue: String(value), StartDate: place.day },
      },
      asOrg,
    );
  }
  for (const voucher of given.vouchers) giveVoucher(store, place, voucher);
}

function givePromotions(store: Store, { memberId }: Place, { progress, enrollments }: Given): void {
  for (const name of new Set([...Object.keys(progress), ...enrollments])) {
    const promotion = named(store, 'Promotion', name);
    store.insert(
      'LoyaltyProgramMbrPromotion',
      {
        ...{ LoyaltyProgramMemberId: memberId, PromotionId: promotion.Id },
        IsEnrollmentActive: enrollments.includes(name) || promotion['IsEnrollmentRequired'] !== true,
        CumulativeUsageCompleted: progress[name] ?? 0,
      },
      asOrg,
    );
  }
}

function giveVoucher(
  store: Store,
  { memberId, day }: Place,
  { definition: name, code, expirationDate }: Given['vouchers'][number],
): void {
  const definition = named(store, 'VoucherDefinition', name);
  store.insert(
    'Voucher',
    {
      ...{ VoucherDefinitionId: definition.Id, LoyaltyProgramMemberId: memberId, VoucherCode: code, Status: 'Issued' },
      ...{ EffectiveDate: day, ExpirationDate: expirationDate },
      FaceValue: definition['FaceValue'] ?? null,
      DiscountPercent: definition['DiscountPercent'] ?? null,
    },
    asOrg,
  );
}

function named(store: Store, object: string, name: string): SObjectRow {
  const row = store.first(object, { Name: name });
  if (row) return row;
  throw new Error(`The program has no ${object} ${name}.`);
}
