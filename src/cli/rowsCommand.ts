import type { Messages } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import { memberFailure } from '../client/index.js';
import type { readNamedRows } from '../sync/index.js';
import { countBy } from './counts.js';
import { attentionLines } from './enrolledRecords.js';
import { exitCodeOf } from './errors/exitCodes.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ParsedProgramFlags, ParseFlags, ProgramCommand, ProgramContext } from './inProgram.js';
import { findOut, lookFirst, repeatForUnknown } from './keyedOutcome.js';
import { countText, wrapped } from './terminal/terminalText.js';

/** The file of a command that serves one, or those of a file. */
export interface RowFlags extends ParsedProgramFlags {
  readonly file: string | undefined;
  readonly delimiter: string | undefined;
}

/** What a line of the file says, by column; empty for one whom the flags name. */
export type RowValues = Readonly<Partial<Record<string, string>>>;

type Failed = 'failed' | 'unknown';

/** Whom a record is about. */
export interface RowIdentity {
  readonly key: string;
}

export type RowRecord<S extends string, I extends RowIdentity, R extends object> = I &
  R & {
    readonly status: S | Failed;
    readonly line?: number;
    readonly error?: { readonly code: string; readonly message: string };
  };

/** What each of these commands has of its own. */
export interface RowsWork<F extends RowFlags, S extends string, I extends RowIdentity, R extends object> {
  /** The command's words, such as `enroll club`. */
  readonly words: string;
  /** The command's own flags, to be repeated. */
  readonly given: (flags: F) => Readonly<Record<string, string | number | boolean | undefined>>;
  /** Columns of a file. */
  readonly columns: readonly string[];
  /** Those that every line must fill. */
  readonly required: readonly string[];
  readonly statuses: readonly (S | Failed)[];
  /** Those that leave something to a person, beside `unknown`. */
  readonly unclear?: readonly S[];
  /** Why a line cannot be used, as a sentence. */
  readonly problem?: (values: RowValues, flags: F) => string | undefined;
  /** What a line tells of an identity, for one who is not found. @param key to use if it tells none */
  readonly named: (values: RowValues, key: string) => I;
  /** Whether the command would do again what was done, so that it is not to be repeated blindly. Default: no. */
  readonly doesAgain?: (flags: F) => boolean;
  /** Serves one. `found` takes what is known of it, as soon as it is. */
  readonly act: (
    context: ProgramContext<F>,
    values: RowValues,
    found: (identity: I) => void,
  ) => Promise<I & R & { readonly status: S }>;
  /** The fields of one that could not be served. */
  readonly blank: R;
  readonly show: (record: RowRecord<S, I, R>) => void;
  /** `info.counts` is the sentence about a file: it takes the program, and the count of each status in their order. */
  readonly messages: Pick<Messages<string>, 'getMessage'>;
  /** Loads the room that reads files. */
  readonly reader: () => Promise<typeof readNamedRows>;
}

export interface RowsCommand extends ProgramCommand {
  log(line: string): void;
}

/** Runs a command that serves one, or those of a file one after the other. Each can be repeated. */
export function rowsCommand<F extends RowFlags, S extends string, I extends RowIdentity, R extends object>(
  command: RowsCommand,
  parse: ParseFlags<F>,
  work: RowsWork<F, S, I, R>,
) {
  let again = '';
  let isRepeatable = true;
  return inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { program, flags } = chosen;
      const { file, delimiter } = flags;
      isRepeatable = work.doesAgain?.(flags) !== true;
      again = commandLine(work.words, {
        ...{ file, delimiter, ...work.given(flags), program, 'target-org': command.orgName },
      });
      const records: RowRecord<S, I, R>[] =
        file === undefined ? [await work.act(chosen, {}, () => undefined)] : await ofFile(chosen, work);
      const counts = countBy(records, work.statuses);
      const unclear = records.filter(({ status }) => work.unclear?.some((each) => each === status));
      for (const record of file === undefined ? records : unclear) work.show(record);
      if (file !== undefined) {
        for (const line of attentionLines(records.filter(({ error }) => error))) command.log(line);
        const told = [program, ...work.statuses.map((status) => countText(counts[status]))];
        for (const line of wrapped(work.messages.getMessage('info.counts', told), '')) command.log(line);
        if (counts.unknown > 0)
          for (const line of isRepeatable ? [repeatForUnknown(again)] : lookFirst(again)) command.log(line);
      }
      const open = unclear.length + counts.unknown;
      const refused = records.filter(({ status }) => status === 'failed').length;
      return { result: { program, records, counts }, exitCode: exitCodeOf({ refused, open }) };
    },
    () => (isRepeatable ? findOut(again) : lookFirst(again)),
  );
}

async function ofFile<F extends RowFlags, S extends string, I extends RowIdentity, R extends object>(
  chosen: ProgramContext<F>,
  work: RowsWork<F, S, I, R>,
): Promise<RowRecord<S, I, R>[]> {
  const { file: path = '', delimiter } = chosen.flags;
  const { columns, required, blank, named, problem } = work;
  const read = await work.reader();
  const records: RowRecord<S, I, R>[] = [];
  for await (const row of read({ path, delimiter, required, columns })) {
    const { line } = row;
    const why = 'problem' in row ? row.problem : problem?.(row.values, chosen.flags);
    if (why !== undefined || 'problem' in row) {
      const error = { code: 'INVALID_ROW', message: `${path}, line ${line}: ${why}` };
      records.push({ ...blank, ...named({}, `line ${line}`), status: 'failed', line, error });
    } else records.push({ ...(await ofRow(chosen, work, row.values)), line });
  }
  return records;
}

async function ofRow<F extends RowFlags, S extends string, I extends RowIdentity, R extends object>(
  chosen: ProgramContext<F>,
  { act, blank, named }: RowsWork<F, S, I, R>,
  values: RowValues,
): Promise<RowRecord<S, I, R>> {
  let known = named(values, '');
  try {
    return await act(chosen, values, (identity) => (known = identity));
  } catch (error) {
    return { ...blank, ...known, ...memberFailure(error) };
  }
}
