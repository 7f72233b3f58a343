import type { Outbox, Outcome, OutboxItem, RunNote } from '../outbox/index.js';
import { contentFieldOf } from '../transaction.js';
import type { StopReason } from './attempt.js';
import { countingJournals, doubledOutcome, ownJournals } from './judgeFound.js';
import type { FoundJournals } from './judgeFound.js';

/** What the org shows of the first transactions that it confirmed. */
export interface ConfirmationResult {
  readonly outcomes: readonly Outcome[];
  /** Content fields that the org changes. */
  readonly changedFields: readonly string[];
  readonly stop?: StopReason | undefined;
}

/**
 * Checks that the org shows what it has just confirmed to this process. If a flow rewrites the key, sharing hides the
 * rows or the engine stores nothing, no look-up is reliable, and the second request must not leave.
 *
 * @param confirmed outcomes according to the answer
 * @param found what a look-up finds
 */
export function checkConfirmed(
  confirmed: readonly Outcome[],
  found: ReadonlyMap<number, FoundJournals>,
): ConfirmationResult {
  const changedFields = new Set<string>();
  const outcomes = confirmed.map((outcome) => {
    const { item } = outcome;
    const shown = found.get(item.seq);
    const journals = countingJournals(ownJournals(shown?.journals ?? []));
    const [journal, ...others] = journals;
    if (!shown || !journal) return notShown(item);
    if (others.length > 0) return doubledOutcome(item, journals);
    for (const field of shown.differences(journal)) changedFields.add(field);
    return outcome.to === 'done' ? { ...outcome, journalId: journal.Id } : outcome;
  });
  const bad = outcomes.filter(({ to }) => to === 'parked' || to === 'doubled');
  const others = [...changedFields].filter((field) => contentFieldOf(field) === undefined);
  const fields = [...changedFields].filter((field) => contentFieldOf(field) !== undefined);
  return { outcomes, changedFields: fields, stop: stopFor(bad, others) };
}

/** Returns the note about fields that the run no longer compares. */
function changedFieldsNote(fields: readonly string[]): RunNote {
  return {
    code: 'changed-fields',
    message: `This org stores ${fields.join(', ')} of a journal differently from what was sent: they are not compared.`,
  };
}

/** Stores changed fields, and notes those that are new. */
export async function noteChanged(outbox: Outbox, run: string, fields: readonly string[]): Promise<void> {
  const fresh = await rememberChanged(outbox, fields);
  if (fresh.length > 0) await outbox.runs.note(run, changedFieldsNote(fresh));
}

/** Adds changed fields to those that the outbox knows. Returns the new ones. */
async function rememberChanged(outbox: Outbox, fields: readonly string[]): Promise<readonly string[]> {
  const known = await outbox.changedFields();
  const fresh = fields.filter((field) => !known.includes(field));
  if (fresh.length > 0) await outbox.rememberChangedFields([...known, ...fresh]);
  return fresh;
}

function notShown(item: OutboxItem): Outcome {
  return {
    item,
    to: 'parked',
    code: 'CONFIRMED_NOT_SHOWN',
    message: `The org has confirmed ${item.key}, but a look-up does not find it.`,
  };
}

function stopFor(bad: readonly Outcome[], others: readonly string[]): StopReason | undefined {
  const hidden = bad.filter(({ to }) => to === 'parked');
  if (bad.length > 0 && hidden.length === 0) return storedTwice(bad);
  const [first] = hidden;
  if (!first && others.length === 0) return undefined;
  return {
    code: 'CONTROL_FAILED',
    message:
      'The org does not show what it has just confirmed, so that no look-up can be trusted here. ' +
      (first ? naming(hidden) : `It shows other values of ${others.join(', ')}.`),
    action:
      'Check whether a flow or trigger changes ExternalTransactionNumber, and whether the user sees all journals. ' +
      'Nothing more was sent.',
  };
}

function storedTwice(bad: readonly Outcome[]): StopReason {
  return {
    code: 'CONTROL_FAILED',
    message:
      'The org has more journals than this process has sent: another process sends the same source, or the org makes ' +
      `a second journal of each. ${naming(bad)}`,
    action: 'End the other process, or find the flow or trigger that makes the copies. Nothing more was sent.',
  };
}

/** Returns the message of the first outcome, and how many more there are. */
function naming([first, ...others]: readonly Outcome[]): string {
  const message = first && 'message' in first ? first.message : '';
  return others.length === 0 ? message : `${message} The same holds for ${others.length} more.`;
}
