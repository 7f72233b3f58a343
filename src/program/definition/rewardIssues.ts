import { danglingName, namesOf } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { ProgramShape } from './programShape.js';
import type { VoucherDefinition } from './rewardShapes.js';

/** Yields dangling benefit types, and vouchers whose value does not fit their type. */
export function* rewardIssues({
  benefits,
  benefitTypes,
  voucherDefinitions,
}: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, { type }] of benefits.entries()) {
    yield* danglingName(['benefits', index, 'type'], type, { section: 'benefitTypes', names: namesOf(benefitTypes) });
  }
  for (const [index, voucher] of voucherDefinitions.entries()) yield* voucherValue(index, voucher);
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
