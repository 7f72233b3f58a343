import { Messages } from '@salesforce/core';
import { namesText } from '../base/text/namesText.js';
import type { CurrencyRow, LoyaltyClient } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/**
 * Returns the currency with this name, in any case. Without a name, the only one that can be spent, or else the primary
 * one of those. Orgs do not say which one they would choose, so nothing is left to them.
 *
 * @throws {SfError} that lists the currencies
 */
export async function chooseCurrency(
  client: LoyaltyClient,
  program: string,
  wanted: string | undefined,
): Promise<CurrencyRow> {
  const currencies = await client.programs.currencies(program);
  const names = namesText(currencies.map(({ Name }) => Name)) || messages.getMessage('info.none');
  if (wanted !== undefined) {
    const named = currencies.find(({ Name }) => Name.toLowerCase() === wanted.toLowerCase());
    if (named) return named;
    throw messages.createError('error.unknownCurrency', [program, wanted, names]);
  }
  const spendable = currencies.filter(({ CurrencyType }) => CurrencyType === 'NonQualifying');
  const primary = spendable.filter(({ IsPrimary }) => IsPrimary);
  const [only, ...others] = spendable.length === 1 ? spendable : primary;
  if (only && others.length === 0) return only;
  throw messages.createError('error.currencyNeeded', [program, names]);
}
