import { danglingName, namesOf, repeatedNames } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { ProgramShape } from './programShape.js';

/** Yields membership numbers that are used twice, and opening balances that cannot be credited. */
export function* memberIssues({ members, currencies, journalTypes }: ProgramShape): Generator<DefinitionIssue> {
  yield* repeatedNames(
    ['members'],
    members.map(({ number }) => number),
  );
  const section = { section: 'currencies', names: namesOf(currencies) };
  const inactive = new Set(namesOf(currencies.filter(({ active }) => !active)));
  for (const [index, { openingBalances }] of members.entries()) {
    const path = ['members', index, 'openingBalances'];
    for (const currency of Object.keys(openingBalances)) {
      yield* danglingName([...path, currency], currency, section);
      if (!inactive.has(currency)) continue;
      yield { path: [...path, currency], message: `"${currency}" is not active, and an org credits no such points` };
    }
    if (Object.keys(openingBalances).length === 0) continue;
    yield* danglingName(path, 'Accrual', { section: 'journalTypes', names: namesOf(journalTypes) });
  }
}
