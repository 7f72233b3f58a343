import type { Decimal } from '../../../base/decimal.js';
import type { Parameters } from '../../../contract/parameter.js';
import type { StoredJournal } from '../journalReader.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { storedJournal } from '../systemJournals.js';
import type { NamedInputs } from '../parameters.js';
import type { Program } from '../programDirectory.js';
import type { PointsReward } from '../rules/reward.js';
import type { WriteContext } from '../writeContext.js';
import { invalidInput } from '../invalidInput.js';

/** Points that an action moves in the name of a journal. Debits are negative. */
export interface PointsMove extends Omit<PointsReward, 'kind'> {
  readonly journal: StoredJournal;
}

/** @throws {ProcessFailure} when a member has too few points */
export function enterMoves({ engine }: LoyaltyOrg, writing: WriteContext, moves: readonly PointsMove[]): void {
  const [first] = moves;
  if (!first) return;
  const journals = moves.map(({ journal }) => journal);
  const plan = moves.map(({ journal, ...move }) => {
    return { actions: [() => ({ kind: 'points', ...move }) as const], journals: [journal] };
  });
  engine.run(writing, { programId: first.journal.programId ?? '', journals }, plan);
}

/** The program that an action names: one that is active. @throws {OrgRefusal} 400 */
export function programNamed({ programs }: LoyaltyOrg, name: string): Program {
  return programs.named(name, invalidInput);
}

/** The journal with the id of an input. @throws {OrgRefusal} 400 MALFORMED_ID. @throws {ProcessFailure} */
export function journalGiven<P extends Parameters>(
  { journals }: LoyaltyOrg,
  { store }: WriteContext,
  { inputs, name }: { readonly inputs: NamedInputs<P>; readonly name: keyof P & string },
): StoredJournal {
  const { Id } = inputs.record(name, store, 'TransactionJournal');
  return storedJournal(journals.read([Id]), Id);
}

/** Rounded like `LoyaltyLedger.Points`. */
export function roundedPoints(points: Decimal): Decimal {
  return points.toDecimalPlaces(2);
}
