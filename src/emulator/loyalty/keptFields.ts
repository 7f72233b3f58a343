import type { FieldDefinition } from '../../contract/sobject.js';

/** The two numbers that feeds are keyed by. */
const feedKeys = new Set(['ExternalTransactionNumber', 'MembershipNumber']);

/** Fields by which the effect log tells whose a row is and what it was made from, unless somebody chooses others. */
export function isKeptInEffects(definition: FieldDefinition, name: string): boolean {
  const { externalId = false, unique = false, referenceTo } = definition;
  return externalId || unique || referenceTo?.join() === 'LoyaltyProgramMember' || feedKeys.has(name);
}
