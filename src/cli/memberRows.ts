import { Messages } from '@salesforce/core';
import { isLocalDateTime } from '../base/localDateTime.js';
import { filledText, memberFlag } from './commonFlags.js';
import { delimiterFlag } from './delimiterFlag.js';
import type { ParseFlags, ProgramContext } from './inProgram.js';
import { rowsCommand } from './rowsCommand.js';
import type { RowsCommand } from './rowsCommand.js';
import type { RowFlags, RowRecord, RowsWork, RowValues } from './rowsWork.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.memberRows');

/** Flags for a file. @param description of its columns */
export const rowFileFlags = (description: string, summary = messages.getMessage('flags.file.summary')) => ({
  file: filledText({ char: 'f', summary, description }),
  delimiter: delimiterFlag,
});

/** Flags for one member, or for those of a file. @param description of the file's columns */
export const memberRowFlags = (description: string) => ({
  member: memberFlag({ exactlyOne: ['member', 'file'] }),
  ...rowFileFlags(description),
});

export interface MemberRowFlags extends RowFlags {
  readonly member: string | undefined;
}

/** A member to serve. */
export interface MemberToServe {
  readonly memberId: string;
  readonly membershipNumber: string;
  readonly values: RowValues;
}

interface MemberIdentity {
  /** Membership number. */
  readonly key: string;
  readonly memberId: string | null;
}

type Inherited = 'words' | 'given' | 'statuses' | 'unclear' | 'doesAgain' | 'blank' | 'messages' | 'reader';

/** What each of these commands has of its own. */
export interface MemberRowsWork<F extends MemberRowFlags, S extends string, R extends object> extends Pick<
  RowsWork<F, S, MemberIdentity, R>,
  Inherited
> {
  /** Columns of a file beside `membershipNumber`. */
  readonly columns: readonly string[];
  /** Those that are a date or date-time. */
  readonly dates?: readonly string[];
  /** Serves one member. */
  readonly act: (context: ProgramContext<F>, member: MemberToServe) => Promise<R & { readonly status: S }>;
  readonly show: (record: RowRecord<S, MemberIdentity, R>) => void;
}

function dateProblem(values: RowValues, dates: readonly string[] = []): string | undefined {
  for (const name of dates) {
    const text = values[name];
    if (text !== undefined && !isLocalDateTime(text)) return messages.getMessage('problem.date', [name, text]);
  }
  return undefined;
}

/** Runs a command that serves one member, or those of a file one after the other. Each can be repeated. */
export function memberRowsCommand<F extends MemberRowFlags, S extends string, R extends object>(
  command: RowsCommand,
  parse: ParseFlags<F>,
  work: MemberRowsWork<F, S, R>,
) {
  return rowsCommand<F, S, MemberIdentity, R>(command, parse, {
    ...work,
    given: (flags) => ({ member: flags.member, ...work.given(flags) }),
    columns: ['membershipNumber', ...work.columns],
    required: ['membershipNumber'],
    problem: (values) => dateProblem(values, work.dates),
    named: ({ membershipNumber }, key) => ({ key: membershipNumber ?? key, memberId: null }),
    act: async (context, values, found) => {
      const { client, program, flags } = context;
      const wanted = values['membershipNumber'] ?? flags.member ?? '';
      const { Id: memberId, MembershipNumber: membershipNumber } = await client.members.get(program, wanted);
      found({ key: membershipNumber, memberId });
      const acted = await work.act(context, { memberId, membershipNumber, values });
      return { key: membershipNumber, memberId, ...acted };
    },
  });
}
