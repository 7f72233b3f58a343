import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { writeCsv } from '../base/csv/writeCsv.js';
import { mustTakeFile } from '../base/files/replaceFile.js';
import { changeEnrollmentOf } from '../client/index.js';
import type { EnrollmentOfEach, LoyaltyClient, MemberEnrollment } from '../client/index.js';
import type { readMemberNumbers } from '../sync/index.js';
import { exitCodes } from './errors/exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.promotionMembers');

/** What became of one line of a file. */
export type EnrolledLine = MemberEnrollment & { readonly line: number };

export interface EnrollmentFile {
  readonly program: string;
  readonly wanted: EnrollmentOfEach;
  readonly file: string;
  /** Character between the cells of a CSV row. Default: comma. */
  readonly delimiter: string | undefined;
  /** Where to write what became of each line. */
  readonly resultsFile: string | undefined;
  /** Is given a function that writes the results so far, for an end that this function does not see. */
  readonly onStart?: ((save: () => Promise<void>) => void) | undefined;
  /** From the room that knows files, which the command has loaded. */
  readonly read: typeof readMemberNumbers;
}

const columns = ['line', 'key', 'status', 'memberId', 'memberPromotionId', 'code', 'message'] as const;

/**
 * Changes the enrollment of each member of a file, one after the other. The results file is written also if the work
 * ends early.
 *
 * @param named the command's name for a status
 * @throws {SfError} if the results would replace the members
 */
export async function enrollLines(
  client: LoyaltyClient,
  { program, wanted, file, delimiter, resultsFile, read, onStart }: EnrollmentFile,
  named: (status: EnrolledLine['status']) => string,
): Promise<EnrolledLine[]> {
  if (resultsFile !== undefined) {
    mustBeAnother(resultsFile, file);
    await mustTakeFile(resolve(resultsFile));
  }
  const records: EnrolledLine[] = [];
  const save = async (): Promise<void> => {
    if (resultsFile !== undefined) await writeCsv(resolve(resultsFile), columns, rowsOf(records, named));
  };
  onStart?.(save);
  try {
    for await (const row of read(file, delimiter)) {
      const { line } = row;
      if ('problem' in row) records.push({ line, ...rejected(line, row.problem) });
      else
        records.push({
          line,
          ...(await changeEnrollmentOf(client, program, { ...wanted, member: row.membershipNumber })),
        });
    }
  } finally {
    await save();
  }
  return records;
}

function mustBeAnother(resultsFile: string, file: string): void {
  const [results, members] = [resultsFile, file].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  if (results === undefined || results.ino !== members?.ino || results.dev !== members.dev) return;
  const error = messages.createError('error.sameFile', [resultsFile]);
  error.exitCode = exitCodes.usage;
  throw error;
}

function rejected(line: number, message: string): MemberEnrollment {
  const error = { code: 'INVALID_ROW', message };
  return { key: `line ${line}`, memberId: null, status: 'failed', memberPromotionId: null, error };
}

function rowsOf(records: readonly EnrolledLine[], named: (status: EnrolledLine['status']) => string): object[] {
  return records.map(({ error, status, ...record }) => ({ ...record, status: named(status), ...error }));
}
