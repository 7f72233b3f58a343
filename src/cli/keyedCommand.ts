import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import type { OnceOptions, OnceResult } from '../sync/index.js';
import { countBy } from './counts.js';
import type { ExitCode } from './errors/exitCodes.js';
import { requireActive } from './errors/inactiveProgram.js';
import { inProgramUnlessInterrupted } from './inProgram.js';
import type { ProgramContext, ParsedProgramFlags, ParseFlags, ProgramCommand } from './inProgram.js';
import { exitCodeAfter, findOut, outcomeOf } from './keyedOutcome.js';
import type { OnceOutcome } from './keyedOutcome.js';
import { outboxPath } from './outboxPath.js';
import { onceStatuses } from './results/recordShapes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

interface KeyedCommand extends ProgramCommand {
  readonly config: { readonly dataDir: string };
  log(line: string): void;
  logToStderr(line: string): void;
}

export interface KeyedFlags extends ParsedProgramFlags {
  readonly key: string | undefined;
  readonly outbox: string | undefined;
}

type KeyedRecord = OnceOutcome & { readonly key: string };

/** How a call ended: the beginning of its record, the answer, if there is one, and what it means for the exit code. */
interface KeyedCallOutcome<A> {
  readonly record: KeyedRecord;
  readonly answer: A | undefined;
  readonly exitCode: ExitCode;
}

/** Flags of a command, to print it with. */
type GivenFlags = Parameters<typeof commandLine>[1];

export interface KeyedContext<F extends KeyedFlags> extends ProgramContext<F> {
  /** Makes one call with the key of the command. `given`: the command's own flags, with which it can be repeated. */
  readonly once: <A>(
    given: GivenFlags,
    call: (options: Omit<OnceOptions, 'content'>) => Promise<OnceResult<A>>,
  ) => Promise<KeyedCallOutcome<A>>;
  /** For a call that needs no key, because it can be repeated as it is: what an interruption says to repeat. */
  readonly repeatable: (given: GivenFlags) => void;
}

/** One record, or several of calls that need no key. */
export type CalledRecords<R> = ({ readonly record: R } | { readonly records: readonly R[] }) & {
  readonly exitCode: ExitCode;
};

/** What a keyed command has of its own. */
interface KeyedWork<F extends KeyedFlags, R extends KeyedRecord> {
  /** The command's words, such as `credit points`. */
  readonly words: string;
  readonly call: (chosen: KeyedContext<F>) => Promise<CalledRecords<R>>;
  /** Prints what happened. What failed, and the key, are printed already. */
  readonly show: (record: R, program: string) => void;
}

interface KeyedResult<R extends KeyedRecord> {
  program: string;
  records: R[];
  counts: Record<(typeof onceStatuses)[number], number>;
}

/**
 * Runs a command that makes one call at most once for a key: opens the outbox, finds or makes up the key, prints what
 * failed with the command that finds out more, and sets the exit code.
 *
 * @throws {SfError}
 */
export function keyedCommand<F extends KeyedFlags, R extends KeyedRecord>(
  command: KeyedCommand,
  parse: ParseFlags<F>,
  { words, call, show }: KeyedWork<F, R>,
): Promise<KeyedResult<R>> {
  let again = '';
  return inProgramUnlessInterrupted(
    command,
    parse,
    async (chosen) => {
      const { org, program, flags } = chosen;
      const { key = randomUUID(), outbox: named } = flags;
      const printed = (given: GivenFlags) => commandLine(words, { ...given, program, 'target-org': command.orgName });
      const once: KeyedContext<F>['once'] = async (given, send) => {
        const { isPostgresAddress, openOutbox, shownPlace } = await import('../sync/index.js');
        const place = named !== undefined && isPostgresAddress(named) ? shownPlace(named) : named && resolve(named);
        again = printed({ ...given, key, outbox: place });
        await using outbox = await openOutbox(named ?? outboxPath(command.config.dataDir, org, program));
        const result = await send({ key, calls: outbox.calls });
        if (result.status === 'refused' && result.failure.code === 'NOT_FOUND')
          await requireActive(chosen.client, program);
        const answer = 'answer' in result ? result.answer : undefined;
        return { record: { key, ...outcomeOf(result, again) }, answer, exitCode: exitCodeAfter(result) };
      };
      const repeatable = (given: GivenFlags): void => {
        again = printed(given);
      };
      const called = await call({ ...chosen, once, repeatable });
      const records = 'records' in called ? [...called.records] : [called.record];
      for (const record of records) {
        const { error } = record;
        if (error) command.logToStderr(`${error.code}: ${error.message}`);
        show(record, program);
        if (record.key === key) command.log(messages.getMessage('info.key', [key]));
      }
      return { result: { program, records, counts: countBy(records, onceStatuses) }, exitCode: called.exitCode };
    },
    () => findOut(again),
  );
}
