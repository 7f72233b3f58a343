import { Messages } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import { memberFailure } from '../client/index.js';
import type { readNamedRows } from '../sync/index.js';
import { filledText, memberFlag } from './commonFlags.js';
import { countBy } from './counts.js';
import { delimiterFlag } from './delimiterFlag.js';
import { attentionLines } from './enrolledRecords.js';
import { exitCodeOf } from './errors/exitCodes.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ParsedProgramFlags, ParseFlags, ProgramCommand, ProgramContext } from './inProgram.js';
import { findOut } from './keyedOutcome.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.memberRows');

/** Flags for one member, or for those of a file. @param description of the file's columns */
export const memberRowFlags = (description: string) => ({
  member: memberFlag({ exactlyOne: ['member', 'file'] }),
  file: filledText({ char: 'f', summary: messages.getMessage('flags.file.summary'), description }),
  delimiter: delimiterFlag,
});

export interface MemberRowFlags extends ParsedProgramFlags {
  readonly member: string | undefined;
  readonly file: string | undefined;
  readonly delimiter: string | undefined;
}

/** A member to serve. */
export interface MemberToServe {
  readonly memberId: string;
  readonly membershipNumber: string;
  /** What its line of the file says, by column. */
  readonly values: Readonly<Partial<Record<string, string>>>;
}

type Failed = 'failed' | 'unknown';
type MemberRecord<S extends string, R extends object> = R & {
  readonly key: string;
  readonly memberId: string | null;
  readonly status: S | Failed;
  readonly line?: number;
  readonly error?: { readonly code: string; readonly message: string };
};

/** What each of these commands has of its own. */
export interface MemberRowsWork<F extends MemberRowFlags, S extends string, R extends object> {
  /** The command's words, such as `enroll club`. */
  readonly words: string;
  /** The command's own flags, to be repeated. */
  readonly given: (flags: F) => Readonly<Record<string, string | number | boolean | undefined>>;
  /** Columns of a file beside `membershipNumber`. */
  readonly columns: readonly string[];
  readonly statuses: readonly (S | Failed)[];
  /** Those that leave something to a person, beside `unknown`. */
  readonly unclear?: readonly S[];
  /** Serves one member. */
  readonly act: (context: ProgramContext<F>, member: MemberToServe) => Promise<R & { readonly status: S }>;
  /** The fields of a member who could not be served. */
  readonly blank: R;
  readonly show: (record: MemberRecord<S, R>) => void;
  /** A sentence about a file. */
  readonly total: (program: string, counts: Readonly<Record<S | Failed, number>>) => string;
  /** Loads the room that reads files. */
  readonly reader: () => Promise<typeof readNamedRows>;
}

interface MemberRowsCommand extends ProgramCommand {
  log(line: string): void;
}

/** Runs a command that serves one member, or those of a file one after the other. Each can be repeated. */
export function memberRowsCommand<F extends MemberRowFlags, S extends string, R extends object>(
  command: MemberRowsCommand,
  parse: ParseFlags<F>,
  work: MemberRowsWork<F, S, R>,
) {
  let again = '';
  return inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { program, flags } = chosen;
      const { member, file, delimiter } = flags;
      const given = { member, file, delimiter, ...work.given(flags), program, 'target-org': command.orgName };
      again = commandLine(work.words, given);
      const records = member === undefined ? await ofFile(chosen, work) : [await ofMember(chosen, work, member)];
      const counts = countBy(records, work.statuses);
      if (member !== undefined) for (const record of records) work.show(record);
      else {
        for (const line of attentionLines(records.filter(({ error }) => error))) command.log(line);
        for (const line of wrapped(work.total(program, counts), '')) command.log(line);
      }
      const inDoubt: readonly string[] = ['unknown', ...(work.unclear ?? [])];
      const open = records.filter(({ status }) => inDoubt.includes(status)).length;
      const refused = records.filter(({ status }) => status === 'failed').length;
      return { result: { program, records, counts }, exitCode: exitCodeOf({ refused, open }) };
    },
    () => findOut(again),
  );
}

async function ofMember<F extends MemberRowFlags, S extends string, R extends object>(
  chosen: ProgramContext<F>,
  { act }: MemberRowsWork<F, S, R>,
  member: string,
): Promise<MemberRecord<S, R>> {
  const { Id: memberId, MembershipNumber: key } = await chosen.client.members.get(chosen.program, member);
  return { key, memberId, ...(await act(chosen, { memberId, membershipNumber: key, values: {} })) };
}

async function ofFile<F extends MemberRowFlags, S extends string, R extends object>(
  chosen: ProgramContext<F>,
  work: MemberRowsWork<F, S, R>,
): Promise<MemberRecord<S, R>[]> {
  const { file: path = '', delimiter } = chosen.flags;
  const required = ['membershipNumber'];
  const read = await work.reader();
  const records: MemberRecord<S, R>[] = [];
  for await (const row of read({ path, delimiter, required, columns: [...required, ...work.columns] })) {
    const { line } = row;
    if ('problem' in row) {
      const error = { code: 'INVALID_ROW', message: `${path}, line ${line}: ${row.problem}` };
      records.push({ ...work.blank, key: `line ${line}`, memberId: null, status: 'failed', line, error });
    } else records.push({ ...(await ofRow(chosen, work, row.values)), line });
  }
  return records;
}

async function ofRow<F extends MemberRowFlags, S extends string, R extends object>(
  chosen: ProgramContext<F>,
  { act, blank }: MemberRowsWork<F, S, R>,
  values: MemberToServe['values'],
): Promise<MemberRecord<S, R>> {
  let [key, memberId]: [string, string | null] = [values['membershipNumber'] ?? '', null];
  try {
    const member = await chosen.client.members.get(chosen.program, key);
    [key, memberId] = [member.MembershipNumber, member.Id];
    return { key, memberId, ...(await act(chosen, { memberId, membershipNumber: key, values })) };
  } catch (error) {
    return { ...blank, key, memberId, ...memberFailure(error) };
  }
}
