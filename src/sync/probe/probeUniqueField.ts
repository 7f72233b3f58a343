import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { shortId } from '../../base/sameId.js';
import type { MonotonicClock } from '../../base/clock.js';
import { namesText } from '../../base/text/namesText.js';
import { soqlText, verdict } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import { externalTransactionNumber } from '../../transaction.js';
import type { OrgFacts } from '../preflight.js';
import { attempt } from '../attempt.js';
import { patiently, shortPatience } from '../patientReads.js';
import { ProbeError } from './probeError.js';

/** The member and the type of the probe's journal. */
export interface ProbeJournal {
  /** Membership number. */
  readonly member: string;
  /** Name of a journal type that no active process of the program takes. */
  readonly journalType: string;
}

/** Whether the org's real-time engine keeps a field unique. `unknown`: an answer was lost, or the org refused both. */
export type UniqueOutcome = 'honored' | 'notHonored' | 'unknown';

export interface UniqueFieldProbe {
  readonly field: string;
  readonly length: number;
  /** Absent if nothing was sent. */
  readonly outcome?: UniqueOutcome | undefined;
  /** What was seen, in words. */
  readonly message?: string | undefined;
  /** ExternalTransactionNumber of the journals that the probe sent. */
  readonly number?: string | undefined;
  /** Ids of the journals that it left in the org. */
  readonly journals: readonly string[];
}

/**
 * Sends one journal twice through the real-time resource, and checks what the org has.
 * @throws {ProbeError} for a journal that might move points; nothing is sent then
 */
export async function probeUniqueField(
  client: LoyaltyClient,
  facts: OrgFacts,
  { journal: probe, clock }: { readonly journal: ProbeJournal; readonly clock: MonotonicClock },
): Promise<UniqueFieldProbe> {
  const { uniqueField } = facts;
  if (!uniqueField) throw new ProbeError('Name the unique field that is to be probed.');
  const patience = shortPatience(clock);
  await patiently(patience, () => mustMoveNothing(client, facts, probe));
  const number = externalTransactionNumber(`sync-probe:${randomUUID()}`, facts.numberLength);
  const journal = {
    ...{ Status: 'Pending', ActivityDate: new Date(client.orgTime ?? Date.now()).toISOString() },
    ...{ JournalTypeName: probe.journalType, MembershipNumber: probe.member, TransactionAmount: 0 },
    ExternalTransactionNumber: number,
    [uniqueField.name]: externalTransactionNumber(`${shortId(facts.programId)}:${number}`, uniqueField.length),
  } as TransactionJournalInput;
  const first = await send(client, facts.program, journal);
  const second = first === 'done' ? await send(client, facts.program, journal) : 'not sent';
  const soql = `SELECT Id, ${uniqueField.name} FROM TransactionJournal WHERE ExternalTransactionNumber = ${soqlText(number)}`;
  const sent = { field: uniqueField.name, length: uniqueField.length, number };
  const found = await attempt(1, () => {
    return patiently(patience, () => client.query.allRows(soql, z.looseObject({ Id: z.string() })));
  });
  // The journals that were sent are named even if the question fails.
  if ('failure' in found) return { ...sent, journals: [], outcome: 'unknown', message: found.failure.message };
  const rows = found.answer;
  const isFilled = rows.length > 0 && rows.every((row) => typeof row[uniqueField.name] === 'string');
  const journals = rows.map(({ Id }) => Id);
  return { ...sent, journals, ...judged({ first, second }, journals, isFilled) };
}

/** Checks that the journal cannot move points. @throws {ProbeError} */
async function mustMoveNothing(
  client: LoyaltyClient,
  { program, programId }: OrgFacts,
  { journalType, member }: ProbeJournal,
): Promise<void> {
  const types = await client.query.all(`SELECT Id FROM JournalType WHERE Name = ${soqlText(journalType)}`);
  if (types.length === 0) {
    throw new ProbeError(`The org has no journal type ${journalType}.`, [
      'Make one for the probe, as docs/org-setup.md shows.',
    ]);
  }
  const processes = await client.query.allRows(
    'SELECT Name FROM LoyaltyProgramProcess ' +
      `WHERE LoyaltyProgramId = ${soqlText(programId)} AND ProcessType = 'TransactionJournal' AND Status = 'Active' ` +
      `AND (JournalType.Name = ${soqlText(journalType)} OR JournalTypeId = null) ORDER BY Name`,
    z.object({ Name: z.string() }),
  );
  if (processes.length > 0) {
    const names = namesText(processes.map(({ Name }) => Name));
    throw new ProbeError(`The process ${names} of ${program} takes journals of the type ${journalType}.`, [
      'Give --journal-type a type that no active process takes, so that the probe moves no points.',
    ]);
  }
  await client.members.get(program, member);
}

async function send(client: LoyaltyClient, program: string, journal: TransactionJournalInput): Promise<string> {
  try {
    await client.journals.execute(program, [journal]);
    return 'done';
  } catch (error) {
    const judgment = verdict(error);
    if (judgment.kind === 'refused' && judgment.code === 'DUPLICATE_VALUE') return 'DUPLICATE_VALUE';
    return `${judgment.kind}: ${judgment.reason}`;
  }
}

/**
 * Judges what was seen. Only complete evidence counts: one journal that has the key, and a copy that was refused
 * because of it.
 */
function judged(
  { first, second }: { first: string; second: string },
  journals: readonly string[],
  isFilled: boolean,
): { outcome: UniqueOutcome; message: string } {
  if (journals.length === 1 && isFilled && second === 'DUPLICATE_VALUE') {
    return { outcome: 'honored', message: 'The org refused a second journal of the same key.' };
  }
  if (journals.length > 1) {
    const detail = isFilled ? 'both carry the key' : 'the field is empty in them';
    return { outcome: 'notHonored', message: `The org took the same journal twice: ${detail}.` };
  }
  if (journals.length === 1 && !isFilled) {
    return { outcome: 'notHonored', message: 'The org left the field empty in the journal.' };
  }
  return { outcome: 'unknown', message: `The first journal: ${first}. The second: ${second}. Probe again.` };
}
