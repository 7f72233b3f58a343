import type { ProgramDefinition } from '../definition/programDefinition.js';
import { addBenefits, addVoucherDefinitions } from './benefitRecords.js';
import { addPartners } from './partnerRecords.js';
import { addJournalTypes, addProcesses } from './processRecords.js';
import { ProgramRecords } from './programRecord.js';
import type { ProgramRecord } from './programRecord.js';
import { addBadges, addEngagementAttributes, addPromotions } from './promotionRecords.js';
import { addCurrencies, addTierGroups, addTiers } from './tierRecords.js';

/**
 * Returns the records of a program. Each comes after the records that it refers to, and the LoyaltyProgram is the
 * first. Members are not among them: they are enrolled. Fields: Loyalty Management Developer Guide, "Standard Objects".
 * Releases differ in which fields they require besides those marked as required.
 */
export function recordsOf(definition: ProgramDefinition): readonly [ProgramRecord, ...ProgramRecord[]] {
  const records = new ProgramRecords();
  const { name, status, description, escrowDays } = definition;
  const program = records.add('LoyaltyProgram', name, {
    fields: { Status: status, Description: description, EscrowPeriod: escrowDays },
  });
  const owner = { LoyaltyProgramId: program };
  addTierGroups(records, definition.tierGroups, owner);
  addCurrencies(records, definition, owner);
  addBenefits(records, definition);
  addTiers(records, definition);
  addJournalTypes(records, definition.journalTypes);
  addVoucherDefinitions(records, definition.voucherDefinitions, owner);
  addEngagementAttributes(records, definition.engagementAttributes, owner);
  addPromotions(records, definition.promotions, owner);
  addBadges(records, definition.badges, owner);
  addPartners(records, definition.partners, owner);
  addProcesses(records, definition, owner);
  return [program, ...records.list.slice(1)];
}
