import { DateTime } from 'luxon';
import type { Decimal } from '../../../base/decimal.js';
import type { Parameters } from '../../../contract/parameter.js';
import { refused } from '../../orgRefusal.js';
import type { StoredJournal } from '../journalReader.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { storedJournal } from '../systemJournals.js';
import type { NamedInputs } from '../parameters.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import type { PointsReward } from '../rules/reward.js';
import type { WriteContext } from '../writeContext.js';

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
  return programs.named(name, (message) => refused('INVALID_API_INPUT', message));
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

/** The day of an input, `yyyy-MM-dd`. Samples write `dd-MM-yyyy` too. @throws {ProcessFailure} */
export function dayGiven<P extends Parameters>(inputs: NamedInputs<P>, name: keyof P & string): string | undefined {
  const text = inputs.text(name);
  if (text === undefined) return undefined;
  const turned = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text);
  const day = turned ? `${turned[3] ?? ''}-${turned[2] ?? ''}-${turned[1] ?? ''}` : text.slice(0, 10);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && DateTime.fromISO(day).isValid) return day;
  throw new ProcessFailure(`${name} has to be a date such as 2026-12-31, not ${text}.`);
}
