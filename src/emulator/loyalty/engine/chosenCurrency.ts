import type { Store } from '../../store/store.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import type { ProgramCurrency } from '../rules/reward.js';
import { programCurrencies } from './programSetup.js';

/**
 * The active currency with this name, in any case. Without a name: the primary one that can be spent, else the first of
 * those, else the first of all. Which one an org chooses is unpublished.
 *
 * @throws {ProcessFailure}
 */
export function chosenCurrency(store: Store, program: Program, wanted: string | undefined): ProgramCurrency {
  const currencies = programCurrencies(store, program.id);
  const spendable = currencies.filter(({ type }) => type === 'NonQualifying');
  const currency =
    wanted === undefined
      ? (spendable.find(({ isPrimary }) => isPrimary) ?? spendable[0] ?? currencies[0])
      : currencies.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (currency) return currency;
  throw new ProcessFailure(`${program.name} has no active currency${wanted === undefined ? '' : ` ${wanted}`}.`);
}
