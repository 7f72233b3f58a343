import type { MemberBenefit } from '../../../contract/endpoints/benefitEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { parentOf, textOrNull } from '../rowValues.js';

const describedSince = 58;

/** A row of the answer. Nulls are written. Which fields "created record" means is inferred from their names. */
export function memberBenefit(store: Store, row: SObjectRow, version: number): MemberBenefit {
  const benefit = parentOf(store, row, 'BenefitId', 'Benefit');
  const type = benefit && parentOf(store, benefit, 'BenefitTypeId', 'BenefitType');
  return {
    benefitId: textOrNull(row, 'BenefitId'),
    benefitName: textOrNull(benefit, 'Name'),
    benefitTypeId: textOrNull(benefit, 'BenefitTypeId'),
    benefitTypeName: textOrNull(type, 'Name'),
    createdRecordId: textOrNull(row, 'PrimaryRefObjectRecord'),
    createdRecordName: textOrNull(row, 'PrimaryRefObjectRecordTitle'),
    ...(version >= describedSince && {
      description: textOrNull(row, 'Description') ?? textOrNull(benefit, 'Description'),
    }),
    endDate: textOrNull(row, 'EndDate'),
    isActive: benefit?.['IsActive'] === true,
    memberBenefitStatus: textOrNull(row, 'Status'),
    startDate: textOrNull(row, 'StartDate'),
  };
}
