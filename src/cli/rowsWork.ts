import type { Messages } from '@salesforce/core';
import type { readNamedRows } from '../sync/index.js';
import type { ParsedProgramFlags, ProgramContext } from './inProgram.js';

/** The file of a command that serves one, or those of a file. */
export interface RowFlags extends ParsedProgramFlags {
  readonly file: string | undefined;
  readonly delimiter: string | undefined;
}

/** What a line of the file says, by column; empty for one whom the flags name. */
export type RowValues = Readonly<Partial<Record<string, string>>>;

export type RowFailure = 'failed' | 'unknown';

/** Whom a record is about. */
export interface RowIdentity {
  readonly key: string;
}

export type RowRecord<S extends string, I extends RowIdentity, R extends object> = I &
  R & {
    readonly status: S | RowFailure;
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
  readonly statuses: readonly (S | RowFailure)[];
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
