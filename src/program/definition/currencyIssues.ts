import { danglingName, namesOf, repeatedNames } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { ProgramShape } from './programShape.js';
import type { Tier } from './tierShapes.js';

/** Yields tiers that overlap, prices that are there twice, dangling benefits, and more than one primary group. */
export function* tierGroupIssues({ tierGroups, benefits }: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, { tiers, name, primary }] of tierGroups.entries()) {
    const path = ['tierGroups', index];
    yield* overlappingTiers([...path, 'tiers'], tiers);
    const first = tierGroups.find((group) => group.primary);
    if (primary && first?.name !== name) {
      const message = `"${first?.name}" is already the primary group; set primary: false here`;
      yield { path: [...path, 'primary'], message };
    }
    for (const [tierIndex, tier] of tiers.entries()) {
      yield* repeatedNames([...path, 'tiers', tierIndex, 'benefits'], tier.benefits);
      yield* repeatedFees([...path, 'tiers', tierIndex, 'fees'], tier.fees);
      for (const [benefitIndex, benefit] of tier.benefits.entries()) {
        const place = [...path, 'tiers', tierIndex, 'benefits', benefitIndex];
        yield* danglingName(place, benefit, { section: 'benefits', names: namesOf(benefits) });
      }
    }
  }
}

/** Two prices of the same kind for the same time cannot be told apart in an org. */
function* repeatedFees(path: DefinitionIssue['path'], fees: Tier['fees']): Generator<DefinitionIssue> {
  const kinds = fees.map(({ type, duration }) => `${type} ${duration}`.toLowerCase());
  for (const [index, kind] of kinds.entries()) {
    if (kinds.indexOf(kind) === index) continue;
    yield { path: [...path, index], message: 'the tier already has a fee of this type and duration' };
  }
}

function* overlappingTiers(path: DefinitionIssue['path'], tiers: readonly Tier[]): Generator<DefinitionIssue> {
  let lower: { name: string; minimum: number } | undefined;
  for (const [index, { name, minimum }] of tiers.entries()) {
    if (minimum === undefined) continue;
    if (lower && lower.minimum >= minimum) {
      const message = `"${name}" must begin above "${lower.name}", which begins at ${lower.minimum}`;
      yield { path: [...path, index, 'minimum'], message };
    }
    lower = { name, minimum };
  }
}

/** Yields currencies of the wrong kind, and more than one primary currency of a kind. */
export function* currencyIssues({ currencies, tierGroups, escrowDays }: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, currency] of currencies.entries()) {
    const path = ['currencies', index];
    const { name, type, primary } = currency;
    const first = currencies.find((other) => other.primary && other.type === type);
    if (primary && first?.name !== name) {
      yield { path: [...path, 'primary'], message: `"${first?.name}" is already the primary ${type} currency` };
    }
    if (type === 'Qualifying') {
      yield* tierGroupOf(path, { what: `the Qualifying currency "${name}"`, chosen: currency.tierGroup }, tierGroups);
    } else if (currency.escrow && escrowDays === undefined) {
      const message = 'points go into escrow only if the program has escrowDays';
      yield { path: [...path, 'escrow'], message, section: 'escrowDays' };
    }
  }
}

/** Yields what is wrong with a choice of a tier group that may be left out if there is only one. */
export function* tierGroupOf(
  path: DefinitionIssue['path'],
  { what, chosen }: { what: string; chosen: string | undefined },
  tierGroups: ProgramShape['tierGroups'],
): Generator<DefinitionIssue> {
  const names = namesOf(tierGroups);
  const section = 'tierGroups';
  if (chosen !== undefined) yield* danglingName([...path, 'tierGroup'], chosen, { section, names });
  else if (names.length === 0) yield { path, message: `${what} needs a tier group, and tierGroups is empty`, section };
  else if (names.length > 1) yield { path, message: `${what} needs a tierGroup: one of ${names.join(', ')}`, section };
}
