import type { Process } from '../definition/processShapes.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';

/** What a transaction is for the program: names of the journal type and subtype. */
export interface TransactionKind {
  readonly type: string;
  /** Empty for none. */
  readonly subtype: string;
}

/** Journals that an org makes itself when somebody joins, or refers a friend. */
const ownSubtypes = new Set(['member enrollment', 'member referral']);

/**
 * Returns what can be bought or done in a program: the journal types, and their subtypes, for which it has an active
 * process that runs in real time. Redemptions are left out, because whether they succeed depends on the balance.
 *
 * @throws {RangeError} if there is none
 */
export function kindsOf(definition: ProgramDefinition | undefined): readonly TransactionKind[] {
  if (definition === undefined) return [{ type: 'Accrual', subtype: 'Purchase' }];
  const kinds = definition.journalTypes
    .filter(({ name }) => name.toLowerCase() !== 'redemption')
    .flatMap(({ name, subtypes }) => kindsOfType(name, subtypes, definition.processes.filter(takesFrom(name))));
  if (kinds.length > 0) return kinds;
  throw new RangeError(
    `The definition of "${definition.name}" has no active process of type TransactionJournal for a journal type other than Redemption, so its org would do nothing with a transaction. Add one to \`processes\`.`,
  );
}

function kindsOfType(type: string, subtypes: readonly string[], processes: readonly Process[]): TransactionKind[] {
  const takesAny = processes.some(({ journalSubtype }) => journalSubtype === undefined);
  const taken = new Set(processes.map(({ journalSubtype }) => journalSubtype?.toLowerCase()));
  const own = subtypes.filter((name) => !ownSubtypes.has(name.toLowerCase()));
  const matched = own.filter((name) => takesAny || taken.has(name.toLowerCase()));
  if (matched.length > 0) return matched.map((subtype) => ({ type, subtype }));
  return takesAny ? [{ type, subtype: '' }] : [];
}

function takesFrom(type: string): (process: Process) => boolean {
  return (process) =>
    process.type === 'TransactionJournal' &&
    process.status === 'Active' &&
    process.execution !== 'Batch' &&
    process.journalType?.toLowerCase() === type.toLowerCase();
}
