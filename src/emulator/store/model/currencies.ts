import { picklist } from '../../../contract/fields.js';
import type { SObjectDefinition } from '../../../contract/sobject.js';

/** The currencies of an org with `multiCurrency: true`. */
const usualCurrencies = ['USD', 'EUR', 'GBP', 'JPY'] as const;

/**
 * Returns the active currencies of an org, the corporate one first. An org with a single currency returns none.
 *
 * @throws {RangeError} when a code is not an ISO 4217 code or the list is empty
 */
export function currenciesOf(multiCurrency: boolean | readonly string[]): readonly string[] {
  if (multiCurrency === false) return [];
  const codes = multiCurrency === true ? usualCurrencies : multiCurrency;
  const wrong = codes.find((code) => !/^[A-Z]{3}$/.test(code));
  if (wrong !== undefined) {
    throw new RangeError(`multiCurrency: "${wrong}" is not an ISO 4217 code such as EUR (three capital letters).`);
  }
  if (codes.length === 0) throw new RangeError('multiCurrency: name at least one currency, the corporate one first.');
  return codes;
}

/** Adds `CurrencyIsoCode` to an object if the org has several currencies. Its default is the corporate currency. */
export function withCurrencies(definition: SObjectDefinition, currencies: readonly string[]): SObjectDefinition {
  const [corporate] = currencies;
  if (corporate === undefined || !hasCurrency(definition)) return definition;
  const CurrencyIsoCode = {
    ...picklist(currencies, { defaultValue: corporate, restricted: true, length: 3 }),
    label: 'Currency ISO Code',
  };
  return { ...definition, fields: { ...definition.fields, CurrencyIsoCode } };
}

function hasCurrency({ hasCurrencyIsoCode, createable }: SObjectDefinition): boolean {
  return hasCurrencyIsoCode ?? createable === true;
}
