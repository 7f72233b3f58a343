import type { SObjectDefinition } from '../contract/sobject.js';
import type { OrgSettings } from './org.js';
import { currenciesOf, withCurrencies } from './store/model/currencies.js';

/**
 * Returns objects as the settings of an org shape them.
 *
 * @throws {RangeError} when a currency is not an ISO 4217 code
 */
export function orgObjects(definitions: readonly SObjectDefinition[], settings: OrgSettings): SObjectDefinition[] {
  const currencies = currenciesOf(settings.multiCurrency);
  return definitions.map((each) => withCurrencies(withTiers(each, settings), currencies));
}

/** An org without initial tiers: its members come without a LoyaltyMemberTier. */
function withTiers(definition: SObjectDefinition, { assignInitialTier }: OrgSettings): SObjectDefinition {
  const { companions } = definition;
  if (assignInitialTier || !companions) return definition;
  return { ...definition, companions: companions.filter(({ object }) => object !== 'LoyaltyMemberTier') };
}
