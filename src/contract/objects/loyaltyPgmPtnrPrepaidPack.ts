import { crud, date, double, nameField, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A pack of points bought by a partner.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmPtnrPrepaidPack".
 */
export const loyaltyPgmPtnrPrepaidPack: SObjectDefinition = {
  name: 'LoyaltyPgmPtnrPrepaidPack',
  label: 'Loyalty Program Partner Prepaid Pack',
  labelPlural: 'Loyalty Program Partner Prepaid Packs',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmPtnrPrepaidPack,
  since: 55,
  ...crud,
  fields: {
    EndDate: date(),
    LoyaltyProgramPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyProgramPartner', {
      required: true,
      createOnly: true,
    }),
    Name: nameField(),
    OrderId: reference('Order', 'Order'),
    PurchaseDate: date({ required: true, createOnly: true }),
    PurchasedPoints: double({ required: true, createOnly: true }),
    RemainingPoints: double(),
  },
  children: [
    {
      name: 'PartnerLedgerSummaryPacks',
      childObject: 'LoyaltyPgmPtnrLdgrSummary',
      field: 'LoyaltyPgmPtnrPrepaidPackId',
    },
  ],
};
