import { Messages } from '@salesforce/core';
import * as sync from '../../sync/index.js';
import type { EnrollmentRecord } from '../../sync/index.js';
import type { Conclusion } from '../concludeCommand.js';
import { countBy } from '../counts.js';
import { attentionLines } from '../enrolledRecords.js';
import type { EnrolledRecords } from '../enrolledRecords.js';
import { stopError } from '../errors/actionableErrors.js';
import { exitCodeOf } from '../errors/exitCodes.js';
import { enrollStatuses } from '../results/memberResults.js';
import type { EnrollMemberResult } from '../results/memberResults.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');

interface EnrollingCommand {
  log(line: string): void;
  logSuccess(sentence: string): void;
  warn(sentence: string): unknown;
}

export interface EnrollmentsToMake {
  readonly program: string;
  /** Those that were not tried, because their row cannot be used. */
  readonly records: EnrolledRecords;
  /** Lines of a file, by membership number. Filled while the file is read. */
  readonly lines: ReadonlyMap<string, number>;
  readonly enrolled: AsyncIterable<EnrollmentRecord>;
}

/** Enrolls members, persons or companies, and shows what became of them. @throws {SfError} if all calls would fail alike */
export async function enrollEach(
  command: EnrollingCommand,
  { program, records, lines, enrolled }: EnrollmentsToMake,
): Promise<Conclusion<EnrollMemberResult>> {
  try {
    for await (const { membershipNumber: key, ...record } of enrolled) {
      const line = record.error && lines.get(key);
      records.push({ key, ...record, ...(line !== undefined && { line }) });
    }
  } catch (error) {
    if (error instanceof sync.StoppedError) throw stopError(error.reason, show(command, program, records));
    throw error;
  }
  const result = show(command, program, records);
  const { failed, unknown, open } = result.counts;
  return { result, exitCode: exitCodeOf({ refused: failed, open: unknown + open }) };
}

function show(command: EnrollingCommand, program: string, records: EnrolledRecords): EnrollMemberResult {
  const counts = countBy(records, enrollStatuses);
  const { enrolled, exists, failed, unknown, open } = counts;
  const troubled = records.filter(({ error }) => error);
  for (const line of attentionLines(troubled)) command.log(line);
  const sentence = messages.getMessage('info.counts', [
    program,
    countText(enrolled),
    countText(exists),
    countText(failed),
    countText(unknown),
  ]);
  if (troubled.length > 0) command.log(sentence);
  else command.logSuccess(sentence);
  if (unknown > 0) command.warn(messages.getMessage('warning.unknown'));
  if (open > 0) command.warn(messages.getMessage('warning.open', [countText(open)]));
  return { program, records, counts };
}
