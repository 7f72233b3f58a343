import { danglingName, endedEarly, namesOf } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { Validity } from './commonShapes.js';
import type { ProgramShape } from './programShape.js';
import type { VoucherDefinition } from './rewardShapes.js';

/** Yields dangling benefit types, vouchers whose value does not fit their type, and what ends before it begins. */
export function* rewardIssues({
  benefits,
  benefitTypes,
  voucherDefinitions,
  badges,
  partners,
}: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, { type }] of benefits.entries()) {
    yield* danglingName(['benefits', index, 'type'], type, { section: 'benefitTypes', names: namesOf(benefitTypes) });
  }
  for (const [index, voucher] of voucherDefinitions.entries()) {
    yield* voucherValue(index, voucher);
    const path = ['voucherDefinitions', index, 'validity', 'until'];
    yield* endedEarly(path, { end: lastDay(voucher), start: voucher.effectiveDate, startKey: 'effectiveDate' });
  }
  for (const [index, badge] of badges.entries()) {
    yield* endedEarly(['badges', index, 'validity', 'until'], { end: lastDay(badge), start: badge.startDate });
  }
  for (const [index, { startDate, endDate }] of partners.entries()) {
    yield* endedEarly(['partners', index, 'endDate'], { end: endDate, start: startDate });
  }
}

function lastDay({ validity }: { readonly validity: Validity }): string | undefined {
  return 'until' in validity ? validity.until : undefined;
}

/** Each value of a voucher, and the type that has it. */
const values = { faceValue: 'FixedValue', discountPercent: 'DiscountPercentage' } as const;

function* voucherValue(index: number, voucher: VoucherDefinition): Generator<DefinitionIssue> {
  for (const [key, type] of Object.entries(values)) {
    const given = voucher[key as keyof typeof values] !== undefined;
    if (given === (voucher.type === type)) continue;
    const message = given
      ? `a voucher of type ${voucher.type} has no ${key}; leave it out, or make the type ${type}`
      : `a voucher of type ${type} needs a ${key}`;
    yield { path: ['voucherDefinitions', index, key], message };
  }
}
