import type { Partner } from '../definition/partyShapes.js';
import type { ProgramRecords } from './programRecord.js';
import type { ProgramOwner } from './tierRecords.js';

/** Adds partners and their accounts. Two partners can share an account. */
export function addPartners(records: ProgramRecords, partners: readonly Partner[], owner: ProgramOwner): void {
  const accounts = new Set(partners.map(({ account, name }) => account ?? name));
  for (const account of accounts) records.add('Account', account, { fields: {} });
  for (const partner of partners) {
    const fields = {
      PartnerStatus: partner.status,
      PartnerType: partner.type,
      PartnerCategory: partner.category,
      BillingType: partner.billing,
      PartnerIndustry: partner.industry,
      PartnershipStartDate: partner.startDate,
      PartnershipEndDate: partner.endDate,
    };
    const references = { LoyaltyPartnerId: records.named('Account', partner.account ?? partner.name) };
    records.add('LoyaltyProgramPartner', partner.name, { owner, references, fields });
  }
}
