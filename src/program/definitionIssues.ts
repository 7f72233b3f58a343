import type { ProgramShape } from './programShape.js';

/** A mistake in a definition, and where it is. */
export interface DefinitionIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Yields the mistakes that no schema can express: names that are used twice or do not exist, and fields that do not fit
 * together.
 */
export function* definitionIssues(program: ProgramShape): Generator<DefinitionIssue, void, void> {
  yield* repeatedNames(program);
  yield* currencyFaults(program);
  yield* tierFaults(program);
  yield* promotionFaults(program);
  yield* processFaults(program);
}

/** Yields repeated names. Records are identified by their names, and SOQL compares names without case. */
function* repeatedNames({ tierGroup, currencies, journalTypes, promotions, processes }: ProgramShape) {
  yield* repeated(['tierGroup', 'tiers'], namesOf(tierGroup?.tiers ?? []));
  yield* repeated(['currencies'], namesOf(currencies));
  yield* repeated(['journalTypes'], namesOf(journalTypes));
  for (const [index, { subtypes }] of journalTypes.entries()) {
    yield* repeated(['journalTypes', index, 'subtypes'], subtypes);
  }
  yield* repeated(['promotions'], namesOf(promotions));
  yield* repeated(['processes'], namesOf(processes));
}

function* currencyFaults({ currencies, tierGroup }: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, { name, type }] of currencies.entries()) {
    if (type === 'NonQualifying' || tierGroup !== undefined) continue;
    yield { path: ['currencies', index], message: `the Qualifying currency "${name}" needs a tierGroup` };
  }
}

function* tierFaults({ tierGroup }: ProgramShape): Generator<DefinitionIssue> {
  const tiers = tierGroup?.tiers ?? [];
  for (const [index, { name, minimum }] of tiers.entries()) {
    const lower = tiers[index - 1];
    if (lower === undefined || lower.minimum < minimum) continue;
    const message = `"${name}" must begin above "${lower.name}", which begins at ${lower.minimum}`;
    yield { path: ['tierGroup', 'tiers', index, 'minimum'], message };
  }
}

function* promotionFaults({ promotions, currencies }: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, { type, target, reward }] of promotions.entries()) {
    if (type === 'Standard' && target !== undefined) {
      yield { path: ['promotions', index, 'target'], message: 'only a Cumulative promotion has a target' };
    }
    if (reward !== undefined && !namesOf(currencies).includes(reward.currency)) {
      const path = ['promotions', index, 'reward', 'currency'];
      yield { path, message: `the program has no currency "${reward.currency}"` };
    }
  }
}

function* processFaults({ processes, journalTypes }: ProgramShape): Generator<DefinitionIssue> {
  for (const [index, { type, journalType }] of processes.entries()) {
    const path = ['processes', index, 'journalType'];
    if ((type === 'TransactionJournal') !== (journalType !== undefined)) {
      yield { path, message: 'a process has a journalType exactly if its type is TransactionJournal' };
    } else if (journalType !== undefined && !namesOf(journalTypes).includes(journalType)) {
      yield { path, message: `journalTypes has no "${journalType}"` };
    }
  }
}

function* repeated(path: DefinitionIssue['path'], names: readonly string[]): Generator<DefinitionIssue> {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const key = name.toLowerCase();
    if (seen.has(key)) yield { path: [...path, index], message: `"${name}" is used twice` };
    seen.add(key);
  }
}

function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}
