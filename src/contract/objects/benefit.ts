import {
  checkbox,
  crud,
  currency,
  dateTime,
  double,
  int,
  master,
  nameField,
  picklist,
  reference,
  textField,
  textArea,
  url,
} from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Definition of a perk.
 * API 51 and later. Loyalty Management Developer Guide, "Benefit".
 *
 * Children of other clouds (application forms) are left out.
 */
export const benefit: SObjectDefinition = {
  name: 'Benefit',
  label: 'Benefit',
  labelPlural: 'Benefits',
  keyPrefix: '0ji',
  since: 51,
  ...crud,
  fields: {
    BenefitActionId: reference('BenefitAction', 'BenefitAction'),
    BenefitTypeId: master('BenefitType', 'BenefitType'),
    Description: textArea(1000),
    ImageUrl: url(255, { since: 57 }),
    IsActive: checkbox(),
    IsBenefitSelectionAllowed: checkbox({ since: 57 }),
    Name: nameField(),
    PrioritySequence: int(),
    UnitId: reference('UnitOfMeasure', 'Unit'),
    Value: double(),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    BenefitManagerId: reference('User', 'BenefitManager'),
    BnftDisbFieldSetApiName: textField(),
    BudgetAmount: currency(),
    BudgetAmountUsed: currency(),
    CurrentMonthDisbursedQty: double(),
    CurrentYearAssignedQty: double(),
    CurrentYearDisbursedQty: double(),
    EndDateTime: dateTime(),
    EnrolleeAmountLimit: currency(),
    EnrolleeLimitFrequency: picklist([]),
    EnrolleeTrxnAmountLimit: currency(),
    IsBenefitCalculated: checkbox(),
    MaxBenefitAmount: currency(),
    MinBenefitAmount: currency(),
    PayeeType: picklist([]),
    PayoutFrequency: picklist([]),
    PreviousMonthDisbursedQty: double(),
    PreviousYearAssignedQty: double(),
    PreviousYearDisbursedQty: double(),
    Product2Id: reference('Product2', 'Product2'),
    RecertificationFrequency: int(),
    Rule: textField(),
    StartDateTime: dateTime(),
    StartRecertificationFrom: int(),
  },
  children: [
    { name: 'BenefitParameterValues', childObject: 'BenefitParameterValue', field: 'BenefitId' },
    { name: 'LoyaltyBenefits', childObject: 'LoyaltyTierBenefit', field: 'BenefitId' },
    { name: 'MemberBenefitBenefits', childObject: 'MemberBenefit', field: 'BenefitId' },
    { name: 'VoucherBenefit', childObject: 'Voucher', field: 'BenefitId' },
  ],
};
